#pragma once

// A realm: one issuer with its people, apps, keys and rules. An installation has one from the
// start; every request belongs to the realm that its host names.

#include <cstdint>
#include <string>

#include "base/ids.hpp"
#include "base/time/clock.hpp"
#include "branding/brand.hpp"
#include "keys/key_ring.hpp"
#include "model/scope_registry.hpp"
#include "realm/public_ids.hpp"

namespace latchkey::realm {

/// How long things live. The defaults are the product's (docs: token lifetimes).
struct Lifetimes {
    Seconds consent_token{300};
    Seconds access_token{3600};
    Seconds refresh_absolute{90L * 24 * 3600};  // of a family, however often it is used
    Seconds refresh_idle{30L * 24 * 3600};      // of a family that nobody uses
    Seconds refresh_grace{30};                  // a parent may come again: the answer was lost
    Seconds session{30L * 24 * 3600};           // of a browser's sign-in
};

/// Live refresh-token families per (client, user); the oldest goes first.
inline constexpr int max_live_families = 20;

/// Who may become a person.
enum class SignUp : std::uint8_t {
    open,    // whoever proves an address
    closed,  // only whom the operator has created
};

/// Lives as long as the server; handed down by reference. Its key ring may change under it.
struct Realm {
    const keys::KeyRing& keys;
    PublicIds public_ids{keys};
    /// `iss` of its consent tokens, an URI: its public URL; of the realm without a name
    /// "urn:latchkey:" and 16 hex digits that its keys give, since commands issue them without
    /// knowing its URL.
    std::string issuer;
    /// `aud` of its consent tokens, an URI: "<issuer>/api/partners"; of the realm without a name
    /// "<issuer>:partners".
    std::string partners_audience;
    Lifetimes lifetimes{};         // from the configuration
    std::string name{};            // of its row; empty: the one that is there from the start
    std::string public_origin{};   // "https://id.example.com": scheme, host and port, no slash;
                                   // its row's, or of the realm without a name the configuration's
    branding::Brand brand{};       // what its people see; from the configuration
    std::string passkey_domain{};  // the pages' host or a parent of it; empty: no passkeys
    std::string mail_from{};       // the address that its mail comes from; from the configuration
    SignUp sign_up = SignUp::open;
    ScopeRegistry scopes{};  // the contract's, and those of the configuration

    [[nodiscard]] RealmId id() const noexcept { return keys.realm(); }
};

}  // namespace latchkey::realm
