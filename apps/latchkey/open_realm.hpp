#pragma once

// A realm, made of its row, the configuration and its ring.

#include <memory>

#include "base/ports.hpp"
#include "base/result.hpp"
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

/// Errors: invalid_argument (a setting, with its key), malformed (an image).
[[nodiscard]] Result<std::unique_ptr<OpenRealm>> make_realm(const RealmRecord& record,
                                                            const config::ServerConfig& config,
                                                            std::unique_ptr<keys::KeyRing> keys);

}  // namespace latchkey::app
