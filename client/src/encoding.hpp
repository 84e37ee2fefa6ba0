#pragma once

// Text encodings of the wire and of the vault's key file.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace latchkey::client {

using ByteView = std::span<const std::uint8_t>;

[[nodiscard]] inline ByteView as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Lower case.
[[nodiscard]] std::string to_hex(ByteView bytes);
/// RFC 4648 4, with padding.
[[nodiscard]] std::string to_base64(ByteView bytes);

/// 32 bytes in base64url (RFC 4648 5) without padding: 43 characters.
using Bytes32 = std::array<std::uint8_t, 32>;
[[nodiscard]] std::string to_base64url(const Bytes32& bytes);
/// Absent for any other text, and for a second spelling of the same bytes.
[[nodiscard]] std::optional<Bytes32> from_base64url(std::string_view text);

/// Everything but the unreserved characters of RFC 3986 2.3 is escaped.
[[nodiscard]] std::string percent_encode(std::string_view text);

[[nodiscard]] bool equal_ascii_case(std::string_view a, std::string_view b) noexcept;
[[nodiscard]] std::string_view trim_ascii(std::string_view text) noexcept;

}  // namespace latchkey::client
