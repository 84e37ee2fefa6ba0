#pragma once

// Changing the key ring, each change with its line in the audit trail.

#include <optional>
#include <string_view>

#include "audit/audit.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "keys/rotation.hpp"
#include "realm/services.hpp"

namespace latchkey::admin {

/// The longest announcement that makes sense.
inline constexpr Seconds max_key_announcement{30L * 24 * 3600};

struct KeyRotation {
    std::string_view purpose;
    std::optional<Seconds> announcement;  // absent: rotation.hpp's for this kind of key
};
/// Makes the purpose's next key and announces it. Errors: those of keys::make_next_key;
/// invalid_argument (announcement out of range, or another process
/// has changed the master key); conflict also when another process was first.
[[nodiscard]] Result<store::KeyRecord> rotate_key(const realm::Services& services,
                                                  const KeyRotation& rotation, Timestamp now,
                                                  const audit::Context& audit);

/// Deletes a key for good. Errors: those of keys::check_retirement.
[[nodiscard]] Result<void> retire_key(const realm::Services& services, const keys::KeyName& key,
                                      keys::Retirement retirement, Timestamp now,
                                      const audit::Context& audit);

/// Puts the ring under another master key, whole or not at all; how many keys. Processes that run
/// go on with the keys they have, and are refused a new one until they start again with it.
/// Errors: invalid_argument (not 32 bytes; the ring is not under the key that opened it any more).
[[nodiscard]] Result<int> rewrap_keys(const realm::Services& services, const Secret& new_master_key,
                                      Timestamp now, const audit::Context& audit);

/// What the server does by itself, now and then: announces the next signing key when it is time,
/// and removes one that has not signed for long. How many keys came or went.
[[nodiscard]] Result<int> maintain_signing_keys(const realm::Services& services, Timestamp now);

}  // namespace latchkey::admin
