#pragma once

// The names that people give their passkeys, sealed under the ring and bound to their passkey.

#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "keys/key_ring.hpp"
#include "keys/resealing.hpp"
#include "model/records.hpp"

namespace latchkey::webauthn {

struct PasskeyPlace {
    UserId user_id;
    ByteView credential_id;
};

/// Errors: those of parse_person_name.
[[nodiscard]] Result<Bytes> seal_passkey_name(const keys::KeyRing& keys, const PasskeyPlace& place,
                                              std::string_view name);
/// Errors: those of KeyRing::open.
[[nodiscard]] Result<Secret> open_passkey_name(const keys::KeyRing& keys,
                                               const PasskeyRecord& record);

/// The column that holds them, to be sealed again after a rotation.
[[nodiscard]] keys::SealedColumn passkey_names() noexcept;

}  // namespace latchkey::webauthn
