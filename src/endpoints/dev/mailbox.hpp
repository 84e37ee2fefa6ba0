#pragma once

// GET /dev/mailbox: the mail that --dev keeps in place of sending it, newest first. Mount it in
// development only: it shows codes.

#include "base/random.hpp"
#include "branding/brand.hpp"
#include "database/database.hpp"
#include "http/message.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::endpoints {

struct MailboxServices {
    database::Database& database;
    const keys::KeyRing& keys;
    Random& random;
    const branding::Brand& brand;
};

[[nodiscard]] http::Handler dev_mailbox(MailboxServices services);

}  // namespace latchkey::endpoints
