#pragma once

// The routes of both APIs, and of the pages to try them at.

#include "endpoints/graphql/apis.hpp"
#include "http/router.hpp"

namespace latchkey::endpoints {

void graphql_routes(http::Router& router, const PartnersApiOptions& partners,
                    const UsersApiOptions& users);

void graphiql_routes(http::Router& router);

}  // namespace latchkey::endpoints
