#include "store/key_use.hpp"

#include <array>

#include "store/columns.hpp"

namespace latchkey::store {
namespace {

struct SealedColumn {
    std::string_view purpose;
    database::Sql count_sql;
};

// Every column that the ring seals directly. ?1 is the version's byte.
constexpr std::array<SealedColumn, 5> sealed_columns = {{
    {"profile", "SELECT count(*) FROM users WHERE substr(wrapped_key, 1, 1) = ?1"},
    {"profile", "SELECT count(*) FROM passkeys WHERE substr(sealed_name, 1, 1) = ?1"},
    {"profile", "SELECT count(*) FROM webhooks WHERE substr(sealed_secret, 1, 1) = ?1"},
    {"mail", "SELECT count(*) FROM outgoing_mail WHERE substr(sealed_message, 1, 1) = ?1"},
    {"sign-in", "SELECT count(*) FROM sign_in_challenges WHERE substr(sealed_email, 1, 1) = ?1"},
}};

constexpr database::Sql list_users_sql =
    "SELECT id, wrapped_key FROM users WHERE id > ?1 ORDER BY id LIMIT ?2";
constexpr database::Sql replace_user_sql =
    "UPDATE users SET wrapped_key = ?3 WHERE id = ?1 AND wrapped_key = ?2";

}  // namespace

Result<std::int64_t> count_sealed_rows(database::ReadTransaction& tx, std::string_view purpose,
                                       std::int64_t version) {
    const std::array<std::uint8_t, 1> byte = {static_cast<std::uint8_t>(version)};
    std::int64_t total = 0;
    for (const SealedColumn& column : sealed_columns) {
        if (column.purpose != purpose) continue;
        const auto count = TRY(tx.find(column.count_sql, {ByteView(byte)},
                                       [](const Row& row) { return row.integer(0); }));
        total += count.value_or(0);
    }
    return total;
}

Result<std::vector<WrappedUserKey>> list_wrapped_user_keys(database::ReadTransaction& tx,
                                                           std::optional<UserId> after, int limit) {
    return collect(tx, list_users_sql, {page_start(after), limit}, [](const Row& row) {
        return WrappedUserKey{row.id<UserId>(0), bytes_column(row, 1)};
    });
}

Result<bool> replace_wrapped_user_key(database::WriteTransaction& tx, const WrappedUserKey& read,
                                      ByteView next) {
    const std::int64_t changed =
        TRY(tx.execute(replace_user_sql, {read.user_id, read.wrapped_key, next}));
    return changed == 1;
}

}  // namespace latchkey::store
