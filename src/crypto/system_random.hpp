#pragma once

// The system's randomness, fetched in bulk per thread.

#include "base/random.hpp"

namespace latchkey::crypto {

class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override;
};

}  // namespace latchkey::crypto
