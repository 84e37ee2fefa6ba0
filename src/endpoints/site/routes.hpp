#pragma once

// What belongs to no protocol: that the server lives, the pages' files, logos, the front page.

#include "http/router.hpp"
#include "realm/realm.hpp"

namespace latchkey::endpoints {

/// `realm` outlives the router.
void site_routes(http::Router& router, const realm::Realm& realm);

/// GET /: to the account page. Without it somebody else has that place (dev/).
void front_page_route(http::Router& router);

}  // namespace latchkey::endpoints
