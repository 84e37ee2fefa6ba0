#pragma once

// What only --dev serves: a front page that says where everything is, and the mailbox.

#include "base/ports.hpp"
#include "http/router.hpp"
#include "realm/realm.hpp"

namespace latchkey::endpoints {

/// `realm` outlives the router.
void dev_routes(http::Router& router, const realm::Realm& realm, Ports ports);

}  // namespace latchkey::endpoints
