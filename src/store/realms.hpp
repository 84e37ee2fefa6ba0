#pragma once

// Realms: who the server is for whom. Everything that people and apps own hangs off one.

#include <optional>
#include <string_view>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// Errors: conflict when the id, the name or the public URL is taken.
[[nodiscard]] Result<void> insert_realm(database::WriteTransaction& tx, const RealmRecord& realm);
[[nodiscard]] Result<std::optional<RealmRecord>> find_realm(database::ReadTransaction& tx,
                                                            RealmId id);
[[nodiscard]] Result<std::optional<RealmRecord>> find_realm(database::ReadTransaction& tx,
                                                            std::string_view name);
/// The one that exists from the start and is never named. Errors: storage_failed if it is gone.
[[nodiscard]] Result<RealmRecord> get_default_realm(database::ReadTransaction& tx);
/// Every realm, in the order of names: there are as many as an operator makes.
[[nodiscard]] Result<std::vector<RealmRecord>> list_realms(database::ReadTransaction& tx);

}  // namespace latchkey::store
