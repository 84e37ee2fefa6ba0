#pragma once

// Scopes: what a token may read. Wire names are those of the contract (§6); a set is a bit mask,
// so that it costs nothing inside an access token. The field gates are the seeds' table.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace latchkey {

enum class Scope : std::uint32_t {
    openid = 1U << 0U,
    email = 1U << 1U,
    email_verified = 1U << 2U,  // "email:verified"
    phone = 1U << 3U,
    phone_verified = 1U << 4U,  // "phone:verified"
    profile = 1U << 5U,
    name = 1U << 6U,
    avatar = 1U << 7U,
    user_manage = 1U << 8U,           // "user:manage"
    share_metafield = 1U << 9U,       // a client's own right, never a person's grant
    metafield_namespace = 1U << 10U,  // the same: may make namespaces of its own
};

class ScopeSet {
public:
    constexpr ScopeSet() = default;
    constexpr explicit ScopeSet(std::uint32_t bits) : bits_(bits) {}

    [[nodiscard]] constexpr std::uint32_t bits() const noexcept { return bits_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
    [[nodiscard]] constexpr bool has(Scope scope) const noexcept {
        return (bits_ & static_cast<std::uint32_t>(scope)) != 0;
    }
    constexpr void add(Scope scope) noexcept { bits_ |= static_cast<std::uint32_t>(scope); }
    [[nodiscard]] constexpr bool within(ScopeSet other) const noexcept {
        return (bits_ & ~other.bits_) == 0;
    }
    [[nodiscard]] constexpr ScopeSet operator&(ScopeSet other) const noexcept {
        return ScopeSet(bits_ & other.bits_);
    }
    [[nodiscard]] constexpr ScopeSet operator|(ScopeSet other) const noexcept {
        return ScopeSet(bits_ | other.bits_);
    }
    constexpr bool operator==(const ScopeSet&) const = default;

    // The gates of the seed guide's table.
    [[nodiscard]] constexpr bool opens_email() const noexcept {
        return has(Scope::email) || has(Scope::email_verified) || has(Scope::user_manage);
    }
    [[nodiscard]] constexpr bool opens_phone() const noexcept {
        return has(Scope::phone) || has(Scope::phone_verified) || has(Scope::user_manage);
    }
    [[nodiscard]] constexpr bool opens_name() const noexcept {
        return has(Scope::name) || has(Scope::profile);
    }
    [[nodiscard]] constexpr bool opens_avatar() const noexcept {
        return has(Scope::avatar) || has(Scope::profile);
    }

    /// Space-separated wire names in the order of the enum (RFC 6749 3.3).
    [[nodiscard]] std::string text() const;

private:
    std::uint32_t bits_ = 0;
};

/// Parses wire names. `shop_app:user:profile|email|phone` are `profile`, `email`, `phone`.
/// Errors: invalid_argument for a name that is not known.
[[nodiscard]] Result<ScopeSet> parse_scopes(std::string_view text);

/// The wire names in alphabetical order, with a space between: how the store keeps a set.
[[nodiscard]] std::string sorted_names(ScopeSet scopes);
/// Reads what sorted_names wrote. A name that is not known is left out: it opens nothing.
[[nodiscard]] ScopeSet known_scopes(std::string_view names) noexcept;

/// What a sign-in asks for. `shop_app:oauth` stands for everything the app is registered for;
/// names that are not known are left out, as RFC 6749 3.3 allows. The result is a subset of
/// `registered`, without the client's own rights.
[[nodiscard]] ScopeSet requested_scopes(std::string_view text, ScopeSet registered);

}  // namespace latchkey
