#pragma once

// A realm, made of its row, the configuration and its ring.

#include <memory>

#include "base/ports.hpp"
#include "base/result.hpp"
#include "branding/brand.hpp"
#include "config/server_config.hpp"
#include "keys/key_ring.hpp"
#include "model/records.hpp"
#include "realm/act.hpp"
#include "realm/realm.hpp"

namespace latchkey::app {

/// A realm with its ring.
struct OpenRealm {
    std::unique_ptr<keys::KeyRing> keys;
    realm::Realm realm;

    /// What a command or a chore that begins now acts with; `by` outlives it.
    [[nodiscard]] realm::Act act(const Ports& ports, const audit::Context& by) const {
        return {realm, ports.random, ports.clock.now(), by};
    }
};

/// What the configuration says of a realm, found good.
struct RealmSetup {
    config::RealmSettings settings;
    branding::Brand brand;
};

/// Of the realm's section; without one the defaults, under its name. Errors: invalid_argument (a
/// setting, with its key), malformed (an image).
[[nodiscard]] Result<RealmSetup> set_up_realm(const RealmRecord& record,
                                              const config::ServerConfig& config);

/// Errors: invalid_argument (the scopes).
[[nodiscard]] Result<std::unique_ptr<OpenRealm>> make_realm(const RealmRecord& record,
                                                            const config::ServerConfig& config,
                                                            RealmSetup setup,
                                                            std::unique_ptr<keys::KeyRing> keys);

}  // namespace latchkey::app
