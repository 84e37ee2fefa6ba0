#pragma once

// SHA-256 (FIPS 180-4). The algorithm is fetched once and each thread keeps one context: looking
// it up anew for each message costs three times the hash itself.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>

#include "base/text/text.hpp"

namespace latchkey::crypto {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(ByteView message);
[[nodiscard]] inline Sha256 sha256(std::string_view message) { return sha256(as_bytes(message)); }
/// The digest of the parts one after the other.
[[nodiscard]] Sha256 sha256(std::span<const ByteView> parts);
[[nodiscard]] inline Sha256 sha256(std::initializer_list<ByteView> parts) {
    return sha256(std::span<const ByteView>(parts.begin(), parts.size()));
}

}  // namespace latchkey::crypto
