#pragma once

// The life of a ring key: announced, current, superseded, gone. Nothing here writes: the caller
// puts the record and its line of the audit trail into one transaction.

#include <string>
#include <vector>

#include "database/database.hpp"
#include "keys/key_ring.hpp"
#include "store/keys.hpp"

namespace latchkey::keys {

/// From the making of a key until its first use. Sealing: longer than every process takes to read
/// the ring again, with a clock that is a little off. Signing: longer than a published key set is
/// cached.
inline constexpr Seconds sealing_key_announcement{60};
inline constexpr Seconds signing_key_announcement{24L * 3600};

/// A signing key is replaced after this time, by itself.
inline constexpr Seconds signing_key_period{90L * 24 * 3600};
/// And is verified with for this long afterwards, then removed.
inline constexpr Seconds signing_key_afterlife{7L * 24 * 3600};

enum class KeyPhase : std::uint8_t { announced, current, superseded };
[[nodiscard]] std::string_view to_string(KeyPhase phase) noexcept;

struct KeyStatus {
    std::string purpose;
    std::int64_t version = 0;
    KeyPhase phase = KeyPhase::current;
    Timestamp created_at;
    Timestamp use_from;
    Timestamp superseded_at;  // when the next one took over; only in the phase `superseded`
};

/// Every key of a realm's ring, by purpose and version.
[[nodiscard]] Result<std::vector<KeyStatus>> list_key_statuses(database::ReadTransaction& tx,
                                                               RealmId realm, Timestamp now);

/// The next key of a purpose, to be inserted. Errors: not_found (no such purpose); unsupported
/// (its key can never change); conflict (one is announced already); storage errors.
struct NextKey {
    std::string_view purpose;
    Seconds announcement;
};
[[nodiscard]] Result<store::KeyRecord> make_next_key(const KeyRing& ring,
                                                     database::ReadTransaction& tx,
                                                     const NextKey& next, Random& random,
                                                     Timestamp now);

struct KeyName {
    std::string_view purpose;
    std::int64_t version = 0;
};
/// What a retirement may sacrifice.
enum class Retirement : std::uint8_t {
    when_unused,  // nothing that the key made can still come back
    at_once,      // tokens that it made may die; rows that it sealed may not
};
/// Whether the key may go. Errors: not_found; conflict (in use: the detail says by what and until
/// when); storage errors.
[[nodiscard]] Result<void> check_retirement(database::ReadTransaction& tx, RealmId realm,
                                            const KeyName& key, Retirement retirement,
                                            Timestamp now);

/// Whether the consent-signing key's successor should be made by now.
[[nodiscard]] bool is_signing_rotation_due(const std::vector<KeyStatus>& keys, Timestamp now);

}  // namespace latchkey::keys
