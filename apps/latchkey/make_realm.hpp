#pragma once

// A realm, of its row, the configuration and its ring.

#include "base/result.hpp"
#include "branding/brand.hpp"
#include "config/server_config.hpp"
#include "keys/key_ring.hpp"
#include "model/records.hpp"
#include "realm/realm.hpp"

namespace latchkey::app {

/// What the configuration says of a realm, found good.
struct RealmSetup {
    config::RealmSettings settings;
    branding::Brand brand;
};

/// Of the realm's section; without one the defaults, under its name. Errors: invalid_argument (a
/// setting, with its key), malformed (an image).
[[nodiscard]] Result<RealmSetup> set_up_realm(const RealmRecord& record,
                                              const config::ServerConfig& config);

/// The ring outlives it. Errors: invalid_argument (the scopes).
[[nodiscard]] Result<realm::Realm> make_realm(const RealmRecord& record,
                                              const config::ServerConfig& config, RealmSetup setup,
                                              const keys::KeyRing& keys);

}  // namespace latchkey::app
