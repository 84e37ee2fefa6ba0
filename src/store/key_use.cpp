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
    {"webhook", "SELECT count(*) FROM webhooks WHERE substr(sealed_secret, 1, 1) = ?1"},
    {"mail", "SELECT count(*) FROM outgoing_mail WHERE substr(sealed_message, 1, 1) = ?1"},
    {"sign-in", "SELECT count(*) FROM sign_in_challenges WHERE substr(sealed_email, 1, 1) = ?1"},
}};

constexpr database::Sql list_users_sql =
    "SELECT id, wrapped_key FROM users WHERE id > ?1 ORDER BY id LIMIT ?2";
constexpr database::Sql replace_user_sql =
    "UPDATE users SET wrapped_key = ?3 WHERE id = ?1 AND wrapped_key = ?2";
constexpr database::Sql list_passkeys_sql =
    R"(SELECT user_id, credential_id, sealed_name FROM passkeys
       WHERE (user_id, credential_id) > (?1, ?2) ORDER BY user_id, credential_id LIMIT ?3)";
constexpr database::Sql replace_passkey_sql =
    R"(UPDATE passkeys SET sealed_name = ?4
       WHERE user_id = ?1 AND credential_id = ?2 AND sealed_name = ?3)";
constexpr database::Sql list_webhooks_sql =
    "SELECT id, sealed_secret FROM webhooks WHERE id > ?1 ORDER BY id LIMIT ?2";
constexpr database::Sql replace_webhook_sql =
    "UPDATE webhooks SET sealed_secret = ?3 WHERE id = ?1 AND sealed_secret = ?2";

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

Result<std::vector<SealedPasskeyName>> list_sealed_passkey_names(database::ReadTransaction& tx,
                                                                 const PasskeyPage& page) {
    return collect(
        tx, list_passkeys_sql, {page.user_id, page.credential_id, page.limit}, [](const Row& row) {
            return SealedPasskeyName{row.id<UserId>(0), bytes_column(row, 1), bytes_column(row, 2)};
        });
}

Result<bool> replace_sealed_passkey_name(database::WriteTransaction& tx,
                                         const SealedPasskeyName& read, ByteView next) {
    const std::int64_t changed = TRY(tx.execute(
        replace_passkey_sql, {read.user_id, read.credential_id, read.sealed_name, next}));
    return changed == 1;
}

Result<std::vector<SealedWebhookSecret>> list_sealed_webhook_secrets(database::ReadTransaction& tx,
                                                                     std::optional<WebhookId> after,
                                                                     int limit) {
    return collect(tx, list_webhooks_sql, {page_start(after), limit}, [](const Row& row) {
        return SealedWebhookSecret{row.id<WebhookId>(0), bytes_column(row, 1)};
    });
}

Result<bool> replace_sealed_webhook_secret(database::WriteTransaction& tx,
                                           const SealedWebhookSecret& read, ByteView next) {
    const std::int64_t changed =
        TRY(tx.execute(replace_webhook_sql, {read.webhook_id, read.sealed_secret, next}));
    return changed == 1;
}

}  // namespace latchkey::store
