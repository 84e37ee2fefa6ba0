// Refresh-token families (declared in store/connections.hpp).

#include "store/columns.hpp"
#include "store/connections.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql find_sql =
    R"(SELECT user_id, client_id, family_id, generation, connection_generation, scopes,
              current_hash, previous_hash, sealed_successor, rotated_at, expires_at
       FROM refresh_families WHERE user_id = ?1 AND client_id = ?2 AND family_id = ?3)";
constexpr database::Sql insert_sql =
    R"(INSERT INTO refresh_families
           (user_id, client_id, family_id, generation, connection_generation, scopes,
            current_hash, previous_hash, sealed_successor, rotated_at, expires_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11))";
// All but the newest ?3.
constexpr database::Sql make_room_sql =
    R"(DELETE FROM refresh_families
       WHERE user_id = ?1 AND client_id = ?2 AND family_id <=
           (SELECT family_id FROM refresh_families WHERE user_id = ?1 AND client_id = ?2
            ORDER BY family_id DESC LIMIT 1 OFFSET ?3))";
constexpr database::Sql rotate_sql =
    R"(UPDATE refresh_families
       SET generation = ?5, current_hash = ?6, previous_hash = ?7, sealed_successor = ?8,
           rotated_at = ?9, expires_at = ?10
       WHERE user_id = ?1 AND client_id = ?2 AND family_id = ?3 AND generation = ?4)";
constexpr database::Sql delete_sql =
    "DELETE FROM refresh_families WHERE user_id = ?1 AND client_id = ?2 AND family_id = ?3";
constexpr database::Sql walk_sql =
    R"(SELECT user_id, client_id, family_id, expires_at FROM refresh_families
       WHERE (user_id, client_id, family_id) > (?1, ?2, ?3)
       ORDER BY user_id, client_id, family_id LIMIT ?4)";
constexpr database::Sql delete_expired_sql =
    R"(DELETE FROM refresh_families
       WHERE user_id = ?1 AND client_id = ?2 AND family_id = ?3 AND expires_at < ?4)";

RefreshFamilyRecord read_family(const Row& row) {
    return {.user_id = row.id<UserId>(0),
            .client_id = row.id<ClientId>(1),
            .family_id = row.id<FamilyId>(2),
            .generation = row.integer(3),
            .connection_generation = row.integer(4),
            .scopes = scopes_column(row, 5),
            .current_hash = bytes_column(row, 6),
            .previous_hash = bytes_column(row, 7),
            .sealed_successor = bytes_column(row, 8),
            .rotated_at = time_column(row, 9),
            .expires_at = time_column(row, 10)};
}

}  // namespace

Result<std::optional<RefreshFamilyRecord>> find_refresh_family(database::ReadTransaction& tx,
                                                               UserId user_id, ClientId client_id,
                                                               FamilyId family_id) {
    return tx.find(find_sql, {user_id, client_id, family_id}, read_family);
}

Result<void> insert_refresh_family(database::WriteTransaction& tx,
                                   const RefreshFamilyRecord& family, int max_live) {
    // Before the insertion: the new one stays even where a clock that was set back made it look
    // old.
    TRY(tx.execute(make_room_sql, {family.user_id, family.client_id, max_live - 1}));
    TRY(tx.execute(insert_sql,
                   {family.user_id, family.client_id, family.family_id, family.generation,
                    family.connection_generation, to_column(family.scopes), family.current_hash,
                    family.previous_hash, family.sealed_successor, to_unix(family.rotated_at),
                    to_unix(family.expires_at)}));
    return {};
}

Result<bool> rotate_refresh_family(database::WriteTransaction& tx, const RefreshFamilyRecord& next,
                                   std::int64_t expected_generation) {
    const std::int64_t changed = TRY(tx.execute(
        rotate_sql, {next.user_id, next.client_id, next.family_id, expected_generation,
                     next.generation, next.current_hash, next.previous_hash, next.sealed_successor,
                     to_unix(next.rotated_at), to_unix(next.expires_at)}));
    return changed == 1;
}

Result<bool> delete_refresh_family(database::WriteTransaction& tx, UserId user_id,
                                   ClientId client_id, FamilyId family_id) {
    const std::int64_t deleted = TRY(tx.execute(delete_sql, {user_id, client_id, family_id}));
    return deleted == 1;
}

Result<FamilyStretch> find_expired_families(database::ReadTransaction& tx, const FamilyKey& after,
                                            Timestamp now, int rows) {
    FamilyStretch stretch;
    TRY(tx.each(walk_sql, {after.user_id, after.client_id, after.family_id, rows},
                [&stretch, now](const Row& row) {
                    ++stretch.rows;
                    stretch.last = {.user_id = row.id<UserId>(0),
                                    .client_id = row.id<ClientId>(1),
                                    .family_id = row.id<FamilyId>(2)};
                    if (time_column(row, 3) < now) stretch.expired.push_back(stretch.last);
                }));
    return stretch;
}

Result<std::int64_t> delete_expired_families(database::WriteTransaction& tx,
                                             const FamilyStretch& stretch, Timestamp now) {
    std::int64_t total = 0;
    for (const FamilyKey& key : stretch.expired) {
        const std::int64_t deleted = TRY(tx.execute(
            delete_expired_sql, {key.user_id, key.client_id, key.family_id, to_unix(now)}));
        total += deleted;
    }
    return total;
}

}  // namespace latchkey::store
