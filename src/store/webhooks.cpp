#include "store/webhooks.hpp"

#include "store/removals.hpp"
#include "store/rows.hpp"
#include "store/sealed_version.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr Part webhook_columns =
    "w.id, w.client_id, w.url, w.topics, w.sealed_secret, w.created_at";

WebhookRecord read_webhook(const Row& row) {
    RowReader in(row);
    return {.id = in.id<WebhookId>(),
            .client_id = in.id<ClientId>(),
            .url = in.text(),
            .topics = static_cast<std::uint32_t>(in.integer()),
            .sealed_secret = in.bytes(),
            .created_at = in.time()};
}

SealedWebhookSecret read_webhook_secret(const Row& row) {
    RowReader in(row);
    return {.webhook_id = in.id<WebhookId>(), .sealed_secret = in.bytes()};
}

constexpr database::Sql insert_webhook_sql =
    R"(INSERT INTO webhooks (id, client_id, url, topics, sealed_secret, created_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6))";
constexpr database::Sql find_webhook_sql = sql<"SELECT ", webhook_columns, R"(
         FROM webhooks w JOIN clients a ON a.id = w.client_id
         WHERE w.id = ?1 AND a.realm_id = ?2)">;
constexpr database::Sql list_webhooks_sql =
    sql<"SELECT ", webhook_columns, " FROM webhooks w WHERE w.client_id = ?1 ORDER BY w.id">;
constexpr database::Sql list_all_webhooks_sql = sql<"SELECT ", webhook_columns, R"(
         FROM webhooks w JOIN clients a ON a.id = w.client_id
         WHERE a.realm_id = ?1 AND w.id > ?2 ORDER BY w.id LIMIT ?3)">;
constexpr database::Sql list_due_webhooks_sql = sql<"SELECT ", webhook_columns, R"(
         FROM webhooks w
         WHERE w.id > ?2 AND EXISTS
             (SELECT 1 FROM webhook_deliveries d
              WHERE d.webhook_id = w.id AND d.state = 1 AND d.next_attempt_at <= ?1)
         ORDER BY w.id LIMIT ?3)">;
constexpr database::Sql delete_webhook_sql =
    R"(DELETE FROM webhooks WHERE id = ?1
           AND EXISTS (SELECT 1 FROM clients a WHERE a.id = client_id AND a.realm_id = ?2))";
constexpr database::Sql delete_webhook_of_sql =
    "DELETE FROM webhooks WHERE id = ?1 AND client_id = ?2";

constexpr database::Sql list_webhook_secrets_sql =
    R"(SELECT w.id, w.sealed_secret FROM webhooks w JOIN clients a ON a.id = w.client_id
       WHERE a.realm_id = ?1 AND w.id > ?2 ORDER BY w.id LIMIT ?3)";
constexpr database::Sql replace_webhook_secret_sql =
    "UPDATE webhooks SET sealed_secret = ?3 WHERE id = ?1 AND sealed_secret = ?2";
constexpr database::Sql count_webhook_secrets_sql =
    R"(SELECT count(*) FROM webhooks w JOIN clients a ON a.id = w.client_id
       WHERE a.realm_id = ?1 AND substr(w.sealed_secret, 1, 1) = ?2)";

static_assert(static_cast<int>(DeliveryState::waiting) == 1, "the statements write it out");

}  // namespace

Result<void> insert_webhook(database::WriteTransaction& tx, const WebhookRecord& webhook) {
    TRY(tx.execute(insert_webhook_sql,
                   {webhook.id, webhook.client_id, webhook.url, std::int64_t{webhook.topics},
                    webhook.sealed_secret, to_unix(webhook.created_at)}));
    return {};
}

Result<std::optional<WebhookRecord>> find_webhook(database::ReadTransaction& tx, RealmId realm,
                                                  WebhookId id) {
    return tx.find(find_webhook_sql, {id, realm}, read_webhook);
}

Result<std::vector<WebhookRecord>> list_webhooks(database::ReadTransaction& tx,
                                                 ClientId client_id) {
    return collect(tx, list_webhooks_sql, {client_id}, read_webhook);
}

Result<std::vector<WebhookRecord>> list_all_webhooks(database::ReadTransaction& tx, RealmId realm,
                                                     std::optional<WebhookId> after, int limit) {
    return collect(tx, list_all_webhooks_sql, {realm, page_start(after), limit}, read_webhook);
}

Result<std::vector<WebhookRecord>> list_due_webhooks(database::ReadTransaction& tx, Timestamp now,
                                                     std::optional<WebhookId> after, int limit) {
    return collect(tx, list_due_webhooks_sql, {to_unix(now), page_start(after), limit},
                   read_webhook);
}

Result<bool> delete_webhook(database::WriteTransaction& tx, RealmId realm, WebhookId id) {
    const bool deleted = TRY(changes_one(tx, delete_webhook_sql, {id, realm}));
    if (deleted) TRY(note_removal(tx, Removed::webhook, id));
    return deleted;
}

Result<void> delete_webhooks_of(database::WriteTransaction& tx, ClientId client_id) {
    const auto webhooks = TRY(list_webhooks(tx, client_id));
    for (const WebhookRecord& webhook : webhooks) {
        const bool deleted = TRY(changes_one(tx, delete_webhook_of_sql, {webhook.id, client_id}));
        if (deleted) TRY(note_removal(tx, Removed::webhook, webhook.id));
    }
    return {};
}

Result<std::vector<SealedWebhookSecret>> list_sealed_webhook_secrets(database::ReadTransaction& tx,
                                                                     RealmId realm,
                                                                     std::optional<WebhookId> after,
                                                                     int limit) {
    return collect(tx, list_webhook_secrets_sql, {realm, page_start(after), limit},
                   read_webhook_secret);
}

Result<bool> replace_sealed_webhook_secret(database::WriteTransaction& tx,
                                           const SealedWebhookSecret& read, ByteView next) {
    return changes_one(tx, replace_webhook_secret_sql, {read.webhook_id, read.sealed_secret, next});
}

Result<std::int64_t> count_webhook_secrets_under(database::ReadTransaction& tx, RealmId realm,
                                                 std::int64_t version) {
    const auto byte = sealed_version(version);
    return count(tx, count_webhook_secrets_sql, {realm, ByteView(byte)});
}

}  // namespace latchkey::store
