#pragma once

// The names under which the store keeps the ring's keys, and what may be done with each: one
// table. Never rename one.

#include <array>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::keys {

/// Whether a newer key may take over from an older one.
enum class Succession : std::uint8_t {
    by_newer,  // what the older one sealed is opened, or sealed again, until it is retired
    never,     // what it made must stay the same for ever: public ids, look-up hashes
};

struct PurposePolicy {
    std::string_view name;
    Succession succession;
    /// How long what a key made can still come back after a newer one took over. Rows of the
    /// store that it sealed are counted besides (keys/rotation.cpp).
    Seconds longest_life;
};

// No configuration may allow more: config::complete_config holds to the same.
inline constexpr Seconds max_access_token_life{24L * 3600};
inline constexpr Seconds max_refresh_token_life{400L * 24 * 3600};
inline constexpr Seconds one_day{24L * 3600};

/// In the order of Purpose: the state of a purpose is found by its value.
inline constexpr std::array<PurposePolicy, 11> sealing_purposes = {{
    {"access-token", Succession::by_newer, max_access_token_life},
    {"refresh-routing", Succession::by_newer, max_refresh_token_life},
    {"public-id", Succession::never, {}},
    {"profile", Succession::by_newer, {}},
    {"email-lookup", Succession::never, {}},
    {"sign-in", Succession::by_newer, one_day},
    {"cookie", Succession::by_newer, one_day},
    {"mail", Succession::by_newer, {}},
    {"cursor", Succession::by_newer, one_day},
    {"answer", Succession::by_newer, one_day},
    {"webhook", Succession::by_newer, {}},
}};

/// Not a sealing key: PKCS#8 of an RSA key that signs consent tokens. They live a day at most.
inline constexpr PurposePolicy consent_signing{"consent-signing", Succession::by_newer, one_day};

[[nodiscard]] constexpr std::size_t index_of(Purpose purpose) noexcept {
    return static_cast<std::size_t>(purpose);
}

/// Absent when no such purpose is known to this program.
[[nodiscard]] constexpr const PurposePolicy* find_purpose(std::string_view name) noexcept {
    if (name == consent_signing.name) return &consent_signing;
    for (const PurposePolicy& policy : sealing_purposes) {
        if (policy.name == name) return &policy;
    }
    return nullptr;
}

}  // namespace latchkey::keys
