#pragma once

// The key ring's rows: keys wrapped by the master key, by purpose and version.

#include <string>
#include <string_view>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

struct KeyRecord {
    std::string purpose;       // "access-token", "profile", "consent-signing", …
    std::int64_t version = 1;  // 1, 2, … within the purpose
    Bytes wrapped_key;
    Timestamp created_at;
    Timestamp use_from{};  // seals and signs from then on; opens and verifies at once
};

[[nodiscard]] Result<std::vector<KeyRecord>> list_keys(database::ReadTransaction& tx);
/// Errors: conflict when (purpose, version) is there: another process made it first.
[[nodiscard]] Result<void> insert_key(database::WriteTransaction& tx, const KeyRecord& key);
/// Compare-and-set of how a key is wrapped. Errors: conflict when it changed since it was read.
[[nodiscard]] Result<void> replace_wrapped_key(database::WriteTransaction& tx,
                                               const KeyRecord& read, ByteView next);
/// False: it was not there.
[[nodiscard]] Result<bool> delete_key(database::WriteTransaction& tx, std::string_view purpose,
                                      std::int64_t version);

}  // namespace latchkey::store
