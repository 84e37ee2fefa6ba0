#pragma once

// Comparing what an attacker may guess byte by byte: the time depends on the lengths alone.

#include "base/secret.hpp"
#include "base/text/text.hpp"

namespace latchkey::crypto {

[[nodiscard]] bool equal_constant_time(ByteView a, ByteView b) noexcept;
[[nodiscard]] inline bool equal_constant_time(const Secret& a, const Secret& b) noexcept {
    return equal_constant_time(a.reveal_bytes(), b.reveal_bytes());
}

}  // namespace latchkey::crypto
