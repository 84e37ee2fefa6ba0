#pragma once

// The ring's keys as the store has them: reading all, and making what is missing.

#include <vector>

#include "database/transaction.hpp"
#include "keys/wrapping.hpp"
#include "store/keys.hpp"

namespace latchkey::keys {

struct RingKey {
    std::string purpose;
    std::int64_t version;
    Timestamp use_from;
    Secret key;
};

/// A new key's bytes: 32 random ones, or PKCS#8 for consent_signing (a tenth of a second or more).
[[nodiscard]] Result<Secret> make_key(std::string_view purpose, Random& random);

/// Errors: those of Wrapping::unwrap.
[[nodiscard]] Result<std::vector<RingKey>> unwrap_all(const Wrapping& wrapping,
                                                      const std::vector<store::KeyRecord>& records);

/// Keys for the purposes of purposes.hpp that `records` has none for, wrapped and not yet stored:
/// an RSA key takes longer to make than others wait for a transaction.
[[nodiscard]] Result<std::vector<store::KeyRecord>> make_missing_keys(
    const Wrapping& wrapping, RealmId realm, const std::vector<store::KeyRecord>& records,
    Random& random, Timestamp now);

/// All or none: a ring that is made in halves would seal under keys that a crash loses. Errors:
/// conflict (another process was first: its keys do); those of check_master_key and of the store.
[[nodiscard]] Result<void> insert_keys(const Wrapping& wrapping, database::WriteTransaction& tx,
                                       const std::vector<store::KeyRecord>& records);

}  // namespace latchkey::keys
