#pragma once

// The key rings' rows: keys wrapped by the master key, by realm, purpose and version.

#include <string>
#include <string_view>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

struct KeyRecord {
    RealmId realm_id;
    std::string purpose;       // "access-token", "profile", "consent-signing", …
    std::int64_t version = 1;  // 1, 2, … within the purpose
    Bytes wrapped_key;
    Timestamp created_at;
    Timestamp use_from{};  // seals and signs from then on; opens and verifies at once
};

/// A realm's ring, by purpose and version.
[[nodiscard]] Result<std::vector<KeyRecord>> list_keys(database::ReadTransaction& tx,
                                                       RealmId realm);
/// Every realm's: what one master key wraps.
[[nodiscard]] Result<std::vector<KeyRecord>> list_all_keys(database::ReadTransaction& tx);
/// Errors: conflict when (realm, purpose, version) is there: another process made it first.
[[nodiscard]] Result<void> insert_key(database::WriteTransaction& tx, const KeyRecord& key);
/// Compare-and-set of how a key is wrapped. Errors: conflict when it changed since it was read.
[[nodiscard]] Result<void> replace_wrapped_key(database::WriteTransaction& tx,
                                               const KeyRecord& read, ByteView next);
/// False: it was not there.
[[nodiscard]] Result<bool> delete_key(database::WriteTransaction& tx, RealmId realm,
                                      std::string_view purpose, std::int64_t version);

}  // namespace latchkey::store
