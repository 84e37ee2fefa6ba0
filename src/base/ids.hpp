#pragma once

// Strong identifiers of 128 bits, random or ordered (base/random.hpp). Each has a type of its own:
// no client id passes where a user id is meant. Their text form is 32 lowercase hex digits.

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace latchkey {

namespace detail {
[[nodiscard]] std::string id_to_text(const std::array<std::uint8_t, 16>& bytes);
[[nodiscard]] std::optional<std::array<std::uint8_t, 16>> id_from_text(std::string_view text);
}  // namespace detail

template <class Tag>
struct Id {
    static constexpr std::size_t size = 16;
    std::array<std::uint8_t, size> bytes{};

    auto operator<=>(const Id&) const = default;

    [[nodiscard]] std::span<const std::uint8_t> span() const noexcept { return bytes; }
    [[nodiscard]] std::string text() const { return detail::id_to_text(bytes); }

    /// Absent unless `text` is exactly 32 lowercase hex digits.
    [[nodiscard]] static std::optional<Id> from_text(std::string_view text) {
        const auto parsed = detail::id_from_text(text);
        if (!parsed) return std::nullopt;
        return Id{*parsed};
    }
    /// Absent unless `raw` is exactly 16 bytes (a column of the store).
    [[nodiscard]] static std::optional<Id> from_bytes(std::span<const std::uint8_t> raw) {
        if (raw.size() != size) return std::nullopt;
        Id id;
        std::memcpy(id.bytes.data(), raw.data(), size);
        return id;
    }
};

using RealmId = Id<struct RealmTag>;  // an issuer with its people and apps
using UserId = Id<struct UserTag>;
using ClientId = Id<struct ClientTag>;
using FamilyId = Id<struct FamilyTag>;              // a refresh-token family
using ConsentTokenId = Id<struct ConsentTokenTag>;  // the jti of a consent token
using DefinitionId = Id<struct DefinitionTag>;      // a metafield definition's uuid
using ChallengeId = Id<struct ChallengeTag>;        // one e-mail code that was sent
using SessionId = Id<struct SessionTag>;            // the public name of a browser session (sid)

}  // namespace latchkey
