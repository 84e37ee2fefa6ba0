#pragma once

// Who becomes a person: whoever proves an address for the first time.

#include <string_view>

#include "audit/audit.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "keys/key_ring.hpp"
#include "people/users.hpp"

namespace latchkey::people {

/// An address whose mailbox has just been shown to be somebody's.
struct ProvedAddress {
    std::string_view email;
    Timestamp now;
    audit::Context source;
};

/// The person of the address: created if it is the first time, and from now on with an address
/// that is verified. Errors: storage errors.
[[nodiscard]] Result<User> person_of(database::WriteTransaction& tx, const keys::KeyRing& keys,
                                     Random& random, const ProvedAddress& proved);

}  // namespace latchkey::people
