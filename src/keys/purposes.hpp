#pragma once

// The names under which the store keeps the ring's keys: one table. Never rename one.

#include <array>
#include <string_view>

#include "keys/key_ring.hpp"

namespace latchkey::keys {

struct NamedPurpose {
    Purpose purpose;
    std::string_view name;
};

/// In the order of the enumeration: the state of a purpose is found by its value.
inline constexpr std::array<NamedPurpose, 9> sealing_purposes = {{
    {Purpose::access_token, "access-token"},
    {Purpose::refresh_routing, "refresh-routing"},
    {Purpose::public_id, "public-id"},
    {Purpose::profile, "profile"},
    {Purpose::email_lookup, "email-lookup"},
    {Purpose::sign_in, "sign-in"},
    {Purpose::cookie, "cookie"},
    {Purpose::mail, "mail"},
    {Purpose::cursor, "cursor"},
}};

/// Not a sealing key: PKCS#8 of an RSA key that signs consent tokens.
inline constexpr std::string_view consent_signing_name = "consent-signing";

[[nodiscard]] constexpr std::size_t index_of(Purpose purpose) noexcept {
    return static_cast<std::size_t>(purpose);
}

}  // namespace latchkey::keys
