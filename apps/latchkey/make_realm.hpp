#pragma once

// A realm, of its row, the configuration and its ring.

#include "base/result.hpp"
#include "config/server_config.hpp"
#include "keys/key_ring.hpp"
#include "model/records.hpp"
#include "realm/realm.hpp"

namespace latchkey::app {

/// The ring outlives it. Errors: invalid_argument (a setting, with its key), malformed (an image).
[[nodiscard]] Result<realm::Realm> make_realm(const RealmRecord& record,
                                              const config::ServerConfig& config,
                                              const keys::KeyRing& keys);

}  // namespace latchkey::app
