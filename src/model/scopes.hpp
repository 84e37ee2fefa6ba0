#pragma once

// Scopes: what a token may read. Rows, tokens and the wire hold their names; inside a process a set
// is one machine word, and scope_registry.hpp leads from one to the other.

#include <cstdint>
#include <string>

namespace latchkey {

/// The scopes of the contract (§6), which every installation has, each as its bit. An operator's
/// own take bits above these, in one process alone: no bit is ever written down.
enum class Scope : std::uint64_t {
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
inline constexpr std::size_t built_in_scopes = 11;

class ScopeSet {
public:
    constexpr ScopeSet() = default;
    constexpr explicit ScopeSet(std::uint64_t bits) : bits_(bits) {}

    [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return bits_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
    [[nodiscard]] constexpr bool has(Scope scope) const noexcept {
        return (bits_ & static_cast<std::uint64_t>(scope)) != 0;
    }
    constexpr void add(Scope scope) noexcept { bits_ |= static_cast<std::uint64_t>(scope); }
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

private:
    std::uint64_t bits_ = 0;
};

/// A set as rows and tokens hold it: names in alphabetical order with a space between. It may name
/// scopes that this process does not know.
struct ScopeNames {
    std::string text;

    bool operator==(const ScopeNames&) const = default;
};

}  // namespace latchkey
