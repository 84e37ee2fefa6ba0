#pragma once

// SipHash-2-4 under a key of its own: 64 bits for tables that strangers fill. Too short to decide
// anything by.

#include <array>
#include <cstdint>
#include <string_view>

#include "base/random.hpp"

namespace latchkey::crypto {

class ShortHash {
public:
    explicit ShortHash(Random& random) { random.fill(key_); }
    [[nodiscard]] std::uint64_t operator()(std::string_view text) const noexcept;

private:
    std::array<std::uint8_t, 16> key_{};
};

}  // namespace latchkey::crypto
