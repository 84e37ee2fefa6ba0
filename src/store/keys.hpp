#pragma once

// The key ring's rows: keys wrapped by the master key, by purpose and version.

#include <string>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

struct KeyRecord {
    std::string purpose;       // "access-token", "profile", "consent-signing", …
    std::int64_t version = 1;  // 1, 2, … within the purpose
    Bytes wrapped_key;
    Timestamp created_at;
};

[[nodiscard]] Result<std::vector<KeyRecord>> list_keys(database::ReadTransaction& tx);
/// Errors: conflict when (purpose, version) is there: another process made it first.
[[nodiscard]] Result<void> insert_key(database::WriteTransaction& tx, const KeyRecord& key);

}  // namespace latchkey::store
