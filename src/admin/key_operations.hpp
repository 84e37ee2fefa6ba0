#pragma once

// Changing the key ring, each change with its line in the audit trail. A key is made before the
// transaction that stores it: an RSA key takes longer than others wait for one.

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "keys/rotation.hpp"
#include "realm/act.hpp"

namespace latchkey::admin {

/// Who acts when the server maintains its own keys.
inline constexpr audit::Context by_itself{audit::Actor::system("key upkeep"), "", "server"};

/// The longest announcement that makes sense.
inline constexpr Seconds max_key_announcement{30L * 24 * 3600};

struct KeyRotation {
    std::string_view purpose;
    std::optional<Seconds> announcement;  // absent: rotation.hpp's for this kind of key
};
/// The purpose's next key, to be given to announce_key. Errors: those of keys::make_next_key;
/// invalid_argument (announcement out of range).
[[nodiscard]] Result<store::KeyRecord> make_next_key(const realm::Act& act,
                                                     database::ReadTransaction& tx,
                                                     const KeyRotation& rotation);
/// Errors: invalid_argument (another process has changed the master key); conflict (another process
/// announced one meanwhile).
[[nodiscard]] Result<void> announce_key(const realm::Act& act, database::WriteTransaction& tx,
                                        const store::KeyRecord& made);

/// Deletes a key for good. Errors: those of keys::check_retirement.
[[nodiscard]] Result<void> retire_key(const realm::Act& act, database::WriteTransaction& tx,
                                      const keys::KeyName& key, keys::Retirement retirement);

/// Puts the ring under another master key, whole or not at all; how many keys. Processes that run
/// go on with the keys they have, and are refused a new one until they start again with it.
/// Errors: invalid_argument (not 32 bytes; the ring is not under the key that opened it any more).
[[nodiscard]] Result<int> rewrap_keys(const realm::Act& act, database::WriteTransaction& tx,
                                      const Secret& new_master_key);

/// What the server does by itself, now and then: announces the next signing key when it is time,
/// and removes one that has not signed for long.
struct SigningUpkeep {
    std::optional<store::KeyRecord> next;
    std::vector<std::int64_t> expired;  // versions

    [[nodiscard]] bool empty() const noexcept { return !next && expired.empty(); }
};
[[nodiscard]] Result<SigningUpkeep> plan_signing_upkeep(const realm::Act& act,
                                                        database::ReadTransaction& tx);
/// How many keys came or went: what another process has done since is left out.
[[nodiscard]] Result<int> maintain_signing_keys(const realm::Act& act,
                                                database::WriteTransaction& tx,
                                                const SigningUpkeep& plan);

}  // namespace latchkey::admin
