#pragma once

// Claims: what an app may know of a person, by the names of OpenID Connect Core 5.1. A scope gives
// some; a field of the APIs is open when one of a token's scopes gives its claim.

#include <cstdint>
#include <optional>
#include <string_view>

namespace latchkey {

enum class Claim : std::uint8_t {
    email,
    email_verified,
    phone_number,
    phone_number_verified,
    given_name,
    family_name,
    name,  // of both names, as far as there are any
    picture,
};
inline constexpr Claim last_claim = Claim::picture;

/// Some of them, in one machine word.
class ClaimSet {
public:
    constexpr ClaimSet() = default;
    template <class... Claims>
    [[nodiscard]] static constexpr ClaimSet of(Claims... claims) noexcept {
        ClaimSet set;
        (set.add(claims), ...);
        return set;
    }

    [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
    [[nodiscard]] constexpr bool has(Claim claim) const noexcept {
        return (bits_ & bit_of(claim)) != 0;
    }
    constexpr void add(Claim claim) noexcept { bits_ |= bit_of(claim); }
    constexpr void add(ClaimSet claims) noexcept { bits_ |= claims.bits_; }
    constexpr bool operator==(const ClaimSet&) const = default;

private:
    [[nodiscard]] static constexpr std::uint32_t bit_of(Claim claim) noexcept {
        return 1U << static_cast<unsigned>(claim);
    }
    std::uint32_t bits_ = 0;
};

/// "phone_number": as OpenID Connect writes it.
[[nodiscard]] std::string_view to_string(Claim claim) noexcept;
/// Absent: there is no such claim.
[[nodiscard]] std::optional<Claim> find_claim(std::string_view name) noexcept;

}  // namespace latchkey
