#pragma once

// The first byte of what a ring key sealed names the key's version.

#include <array>
#include <cstdint>

namespace latchkey::store {

[[nodiscard]] inline std::array<std::uint8_t, 1> sealed_version(std::int64_t version) noexcept {
    return {static_cast<std::uint8_t>(version)};
}

}  // namespace latchkey::store
