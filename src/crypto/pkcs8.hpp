#pragma once

// Private keys in PKCS#8 DER (RFC 5208), in and out. For the key types of this folder.

#include "base/secret.hpp"
#include "crypto/evp_key.hpp"

namespace latchkey::crypto {

/// Null when `der` is not one private key and nothing else.
[[nodiscard]] EvpKeyHandle read_pkcs8(ByteView der);
/// Errors: internal.
[[nodiscard]] Result<Secret> write_pkcs8(const EvpKey& key);

}  // namespace latchkey::crypto
