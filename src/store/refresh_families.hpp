#pragma once

// Refresh-token families. A family lies among its person's rows, so that an exchange writes one
// place of the store, and no index leads anywhere else.

#include <optional>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

[[nodiscard]] Result<std::optional<RefreshFamilyRecord>> find_refresh_family(
    database::ReadTransaction& tx, UserId user_id, ClientId client_id, FamilyId family_id);
/// Inserts a family; when more than `max_live` are there for this (user, client), the ones that
/// began first go.
[[nodiscard]] Result<void> insert_refresh_family(database::WriteTransaction& tx,
                                                 const RefreshFamilyRecord& family, int max_live);
/// Compare-and-set: replaces current/previous hash, successor, generation, rotated_at and
/// expires_at only where the generation is still `expected_generation`. False: someone else was
/// first.
[[nodiscard]] Result<bool> rotate_refresh_family(database::WriteTransaction& tx,
                                                 const RefreshFamilyRecord& next,
                                                 std::int64_t expected_generation);
/// False: it was not there.
[[nodiscard]] Result<bool> delete_refresh_family(database::WriteTransaction& tx, UserId user_id,
                                                 ClientId client_id, FamilyId family_id);
/// All that an app has for a person; how many went.
[[nodiscard]] Result<std::int64_t> delete_refresh_families(database::WriteTransaction& tx,
                                                           UserId user_id, ClientId client_id);

/// A refresh-token family as the person may see it.
struct AppSession {
    Timestamp tokens_issued_at;  // the last ones
    Timestamp expires_at;        // unless the app refreshes before
};
/// The sessions in which an app can read a person's data, oldest first: as many as an app may have.
[[nodiscard]] Result<std::vector<AppSession>> list_app_sessions(database::ReadTransaction& tx,
                                                                UserId user_id, ClientId client_id,
                                                                Timestamp now);

struct FamilyKey {
    UserId user_id;
    ClientId client_id;
    FamilyId family_id;

    bool operator==(const FamilyKey&) const = default;
};
/// The families that came from one of a person's browser sessions, alive or not: a walk over that
/// person's families, of which an app has a few.
[[nodiscard]] Result<std::vector<FamilyKey>> list_families_of_session(database::ReadTransaction& tx,
                                                                      UserId user_id,
                                                                      SessionId session_id);

/// A part of the table of families, read through for those that have expired: no index leads to
/// them, since each exchange and refresh would have to write it.
struct FamilyScan {
    int rows = 0;    // that were looked at; fewer than asked for: the table ends here
    FamilyKey last;  // the next scan begins behind it
    std::vector<FamilyKey> expired;
};
/// Looks at `rows` families from behind `after` on, which at the start of a walk is FamilyKey{}.
[[nodiscard]] Result<FamilyScan> find_expired_families(database::ReadTransaction& tx,
                                                       const FamilyKey& after, Timestamp now,
                                                       int rows);
/// Removes those of the scan that are still expired at `now`; how many went.
[[nodiscard]] Result<std::int64_t> delete_expired_families(database::WriteTransaction& tx,
                                                           const FamilyScan& scan, Timestamp now);

}  // namespace latchkey::store
