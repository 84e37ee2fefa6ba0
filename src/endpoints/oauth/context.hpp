#pragma once

// What the OAuth endpoints of one realm work with.

#include "base/ports.hpp"
#include "realm/realm.hpp"

namespace latchkey::clients {
class SecretUses;
}  // namespace latchkey::clients

namespace latchkey::endpoints {

/// Cheap to copy; what it refers to outlives the handlers.
struct OauthContext {
    const realm::Realm& realm;
    Ports ports;
    clients::SecretUses& secret_uses;
};

}  // namespace latchkey::endpoints
