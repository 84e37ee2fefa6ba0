#pragma once

// Randomness enters here. The system's source is crypto/system_random.hpp; tests bring their own.

#include <cstdint>
#include <span>

#include "base/ids.hpp"

namespace latchkey {

class Random {
public:
    Random() = default;
    Random(const Random&) = delete;
    Random& operator=(const Random&) = delete;
    virtual ~Random() = default;
    /// Fills `out` with bytes fit for keys. Safe to call from any thread.
    virtual void fill(std::span<std::uint8_t> out) = 0;
};

template <class IdType>
[[nodiscard]] IdType make_id(Random& random) {
    IdType id;
    random.fill(id.bytes);
    return id;
}

}  // namespace latchkey
