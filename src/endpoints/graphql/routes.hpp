#pragma once

// The routes of both APIs, and of the pages to try them at.

#include "endpoints/graphql/apis.hpp"
#include "http/router.hpp"

namespace latchkey::endpoints {

/// What both APIs work with. Everything outlives the router.
struct GraphqlParts {
    const realm::Services& services;
    people::AppReads& app_reads;
    VersionedEngines partners;
    VersionedEngines users;
};
void graphql_routes(http::Router& router, const GraphqlParts& parts);

void graphiql_routes(http::Router& router);

}  // namespace latchkey::endpoints
