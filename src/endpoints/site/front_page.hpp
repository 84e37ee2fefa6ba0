#pragma once

// GET /: what somebody finds who types the server's name.

#include "base/random.hpp"
#include "http/message.hpp"
#include "realm/realm.hpp"

namespace latchkey::endpoints {

/// To the account page, which leads to sign-in first: the one page that is for everybody.
[[nodiscard]] http::Handler front_page();

/// In development: where everything is. `realm` and `random` outlive it.
[[nodiscard]] http::Handler development_front_page(const realm::Realm& realm, Random& random);

}  // namespace latchkey::endpoints
