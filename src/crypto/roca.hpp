#pragma once

// ROCA (CVE-2017-15361): RSA keys made by a widespread smart-card library are of the form
// k * M + (65537^a mod M), and can be factored. The form shows in the modulus alone.

#include "base/text/text.hpp"

namespace latchkey::crypto {

/// Whether a big-endian RSA modulus has the fingerprint. By chance one in 2^27 sound keys does.
[[nodiscard]] bool has_roca_fingerprint(ByteView modulus) noexcept;

}  // namespace latchkey::crypto
