#pragma once

// For the parts of this folder that use libsodium.

namespace latchkey::crypto {

/// Lets libsodium choose its fastest code for this processor, once. Cheap to call again.
void prepare_sodium();

}  // namespace latchkey::crypto
