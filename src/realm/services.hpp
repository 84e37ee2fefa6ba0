#pragma once

// What the functions of clients, tokens and grants work with, passed by reference from the
// composition root. Cheap to copy around as a reference; owns only its configuration.

#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "database/database.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::clients {
class SecretUses;
}  // namespace latchkey::clients

namespace latchkey::tokens {
class PublicIds;
}  // namespace latchkey::tokens

namespace latchkey::realm {

/// How long things live. The defaults are the product's (docs: token lifetimes).
struct Lifetimes {
    Seconds consent_token{300};
    Seconds access_token{3600};
    Seconds refresh_absolute{90L * 24 * 3600};  // of a family, however often it is used
    Seconds refresh_idle{30L * 24 * 3600};      // of a family that nobody uses
    Seconds refresh_grace{30};                  // a parent may come again: the answer was lost
};

/// The longest grace that makes sense: a lost answer is repeated within seconds, a thief is not.
inline constexpr Seconds max_refresh_grace{60};

/// Live refresh-token families per (client, user); the oldest goes first.
inline constexpr int max_live_families = 20;

struct Services {
    database::Database& database;
    const keys::KeyRing& keys;
    const tokens::PublicIds& public_ids;
    Random& random;
    const Clock& clock;             // for the edges; what decides takes `now`
    std::string issuer;             // the server's own origin, "https://id.example.com"
    std::string partners_audience;  // `aud` of consent tokens: the Partners API's URL
    clients::SecretUses& secret_uses;
    Lifetimes lifetimes{};
};

}  // namespace latchkey::realm
