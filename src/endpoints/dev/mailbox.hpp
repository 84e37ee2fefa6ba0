#pragma once

// GET /dev/mailbox: the mail that --dev keeps in place of sending it, newest first. Mount it in
// development only: it shows codes.

#include "base/random.hpp"
#include "http/message.hpp"
#include "realm/realm.hpp"

namespace latchkey::endpoints {

/// A realm's mail. Both outlive the handler.
[[nodiscard]] http::Handler dev_mailbox(const realm::Realm& realm, Random& random);

}  // namespace latchkey::endpoints
