#pragma once

// Bytes that a test can foresee.

#include <cstdint>
#include <span>

#include "base/random.hpp"

namespace latchkey::testing {

/// 1, 2, 3, …, and after 255 from 0 again.
class CountingRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override {
        for (std::uint8_t& byte : out) byte = next_++;
    }

private:
    std::uint8_t next_ = 1;
};

}  // namespace latchkey::testing
