#pragma once

// What a realm is, from its row and the configuration.

#include <string>

#include "config/server_config.hpp"
#include "keys/key_ring.hpp"
#include "model/records.hpp"
#include "realm/realm.hpp"

namespace latchkey::app {

struct RealmNames {
    std::string public_origin;
    std::string issuer;
    std::string partners_audience;
};
[[nodiscard]] RealmNames names_of(const RealmRecord& realm, const config::ServerConfig& config,
                                  const keys::KeyRing& keys);

/// Of the configuration's keys for the realm: "" or "realm.NAME.".
[[nodiscard]] std::string settings_prefix(const RealmRecord& realm);
/// The settings of the realm's section, complete; without a section the defaults, under its name.
/// Errors: invalid_argument (with the key).
[[nodiscard]] Result<config::RealmSettings> settings_of(const RealmRecord& realm,
                                                        const config::ServerConfig& config);
[[nodiscard]] realm::Lifetimes lifetimes_of(const config::Lifetimes& settings);
[[nodiscard]] realm::SignUp sign_up_of(config::SignUp setting);

}  // namespace latchkey::app
