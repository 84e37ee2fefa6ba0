#pragma once

// The ring's keys as the store has them: reading all, and making on first use what is missing.

#include <vector>

#include "database/database.hpp"
#include "keys/wrapping.hpp"

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

/// Every purpose of purposes.hpp has at least one key when this succeeds. Two processes that
/// start at once agree: the later one finds the rows of the first and takes those.
/// Errors: those of Wrapping::unwrap and of the store.
[[nodiscard]] Result<std::vector<RingKey>> load_or_make_keys(const Wrapping& wrapping,
                                                             database::Database& database,
                                                             RealmId realm, Random& random,
                                                             Timestamp now);

}  // namespace latchkey::keys
