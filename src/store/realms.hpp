#pragma once

// Realms: who the server is for whom. Everything that people and apps own hangs off one.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// Errors: conflict when the id, the name or the public URL is taken, the first realm's URL apart.
[[nodiscard]] Result<void> insert_realm(database::WriteTransaction& tx, const RealmRecord& realm);
[[nodiscard]] Result<std::optional<RealmRecord>> find_realm(database::ReadTransaction& tx,
                                                            RealmId id);
[[nodiscard]] Result<std::optional<RealmRecord>> find_realm(database::ReadTransaction& tx,
                                                            std::string_view name);
/// The one that exists from the start and is never named. Errors: storage_failed if it is gone.
[[nodiscard]] Result<RealmRecord> get_default_realm(database::ReadTransaction& tx);
/// Writes down where that one is served, as its configuration says.
[[nodiscard]] Result<void> set_default_realm_url(database::WriteTransaction& tx,
                                                 std::string_view public_url);
/// Whether there are others than it.
[[nodiscard]] Result<bool> has_other_realms(database::ReadTransaction& tx);
/// Who is a realm's.
struct Residents {
    std::int64_t people = 0;
    std::int64_t apps = 0;
};
/// Reads all of them: for an operator, not for a request.
[[nodiscard]] Result<Residents> count_residents(database::ReadTransaction& tx, RealmId id);
/// The realm with its keys and the mail that waits, for good; its trail stays for its time. False:
/// it is not there. It should be empty.
[[nodiscard]] Result<bool> delete_realm(database::WriteTransaction& tx, RealmId id);
/// Every realm, in the order of names: there are as many as an operator makes.
[[nodiscard]] Result<std::vector<RealmRecord>> list_realms(database::ReadTransaction& tx);

}  // namespace latchkey::store
