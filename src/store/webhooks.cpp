#include "store/webhooks.hpp"

#include "store/columns.hpp"
#include "store/damage.hpp"
#include "store/packed_list.hpp"

namespace latchkey::store {
namespace {

constexpr database::Sql insert_sql =
    R"(INSERT INTO webhooks (id, client_id, url, topics, sealed_secret, created_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6))";
constexpr database::Sql find_sql =
    R"(SELECT id, client_id, url, topics, sealed_secret, created_at
       FROM webhooks WHERE id = ?1)";
constexpr database::Sql list_of_client_sql =
    R"(SELECT id, client_id, url, topics, sealed_secret, created_at
       FROM webhooks WHERE client_id = ?1 ORDER BY id)";
constexpr database::Sql list_all_sql =
    R"(SELECT id, client_id, url, topics, sealed_secret, created_at
       FROM webhooks WHERE id > ?1 ORDER BY id LIMIT ?2)";
constexpr database::Sql delete_deliveries_sql =
    "DELETE FROM webhook_deliveries WHERE webhook_id = ?1";
constexpr database::Sql delete_sql = "DELETE FROM webhooks WHERE id = ?1";

// state 1 = waiting; topics 1 and 2 are metafields', for which the connection must be live (1).
constexpr database::Sql record_sql =
    R"(INSERT INTO webhook_deliveries
           (webhook_id, created_at, ordinal, user_id, topic, keys, state, attempts,
            next_attempt_at, last_status, last_error)
       SELECT w.id, ?5,
              coalesce((SELECT max(d.ordinal) FROM webhook_deliveries d
                        WHERE d.webhook_id = w.id AND d.created_at = ?5), 0) + 1,
              ?2, ?3, ?4, 1, 0, ?5, 0, ''
       FROM webhooks w
       WHERE w.client_id = ?1 AND (w.topics & ?3) <> 0
           AND (?3 > 2 OR EXISTS (SELECT 1 FROM connections c
                                  WHERE c.user_id = ?2 AND c.client_id = ?1 AND c.state = 1)))";
constexpr database::Sql due_webhooks_sql =
    R"(SELECT w.id, w.client_id, w.url, w.topics, w.sealed_secret, w.created_at
       FROM webhooks w
       WHERE w.id > ?2 AND EXISTS
           (SELECT 1 FROM webhook_deliveries d
            WHERE d.webhook_id = w.id AND d.state = 1 AND d.next_attempt_at <= ?1)
       ORDER BY w.id LIMIT ?3)";
constexpr database::Sql due_deliveries_sql =
    R"(SELECT webhook_id, created_at, ordinal, user_id, topic, keys, state, attempts,
              next_attempt_at, last_status, last_error
       FROM webhook_deliveries
       WHERE webhook_id = ?1 AND state = 1 AND next_attempt_at <= ?2
       ORDER BY next_attempt_at, created_at, ordinal LIMIT ?3)";
constexpr database::Sql update_delivery_sql =
    R"(UPDATE webhook_deliveries
       SET state = ?4, attempts = ?5, next_attempt_at = ?6, last_status = ?7, last_error = ?8
       WHERE webhook_id = ?1 AND created_at = ?2 AND ordinal = ?3)";
constexpr database::Sql list_deliveries_sql =
    R"(SELECT webhook_id, created_at, ordinal, user_id, topic, keys, state, attempts,
              next_attempt_at, last_status, last_error
       FROM webhook_deliveries WHERE webhook_id = ?1
       ORDER BY created_at DESC, ordinal DESC LIMIT ?2)";
constexpr database::Sql delete_old_sql =
    R"(DELETE FROM webhook_deliveries WHERE (webhook_id, created_at, ordinal) IN
           (SELECT webhook_id, created_at, ordinal FROM webhook_deliveries
            WHERE created_at < ?1 ORDER BY created_at LIMIT ?2))";

static_assert(static_cast<int>(DeliveryState::waiting) == 1, "the statements write it out");
static_assert(static_cast<int>(ChangeTopic::metafields_deleted) == 2);
static_assert(static_cast<int>(ChangeTopic::connection_established) > 2);

WebhookRecord read_webhook(const Row& row) {
    return {.id = row.id<WebhookId>(0),
            .client_id = row.id<ClientId>(1),
            .url = text_column(row, 2),
            .topics = static_cast<std::uint32_t>(row.integer(3)),
            .sealed_secret = bytes_column(row, 4),
            .created_at = time_column(row, 5)};
}

DeliveryRecord read_delivery(const Row& row, Damage& damage) {
    return {.key = {row.id<WebhookId>(0), time_column(row, 1), row.integer(2)},
            .user_id = row.id<UserId>(3),
            .topic = static_cast<ChangeTopic>(row.integer(4)),
            .keys = damage.list_column(row, 5),
            .state = static_cast<DeliveryState>(row.integer(6)),
            .attempts = row.integer(7),
            .next_attempt_at = time_column(row, 8),
            .last_status = row.integer(9),
            .last_error = text_column(row, 10)};
}

Result<std::vector<DeliveryRecord>> collect_deliveries(database::ReadTransaction& tx,
                                                       database::Sql sql, database::Params params) {
    Damage damage;
    auto rows = TRY(
        collect(tx, sql, params, [&damage](const Row& row) { return read_delivery(row, damage); }));
    TRY(damage.check());
    return rows;
}

}  // namespace

Result<void> insert_webhook(database::WriteTransaction& tx, const WebhookRecord& webhook) {
    TRY(tx.execute(insert_sql,
                   {webhook.id, webhook.client_id, webhook.url, std::int64_t{webhook.topics},
                    webhook.sealed_secret, to_unix(webhook.created_at)}));
    return {};
}

Result<std::optional<WebhookRecord>> find_webhook(database::ReadTransaction& tx, WebhookId id) {
    return tx.find(find_sql, {id}, read_webhook);
}

Result<std::vector<WebhookRecord>> list_webhooks(database::ReadTransaction& tx,
                                                 ClientId client_id) {
    return collect(tx, list_of_client_sql, {client_id}, read_webhook);
}

Result<std::vector<WebhookRecord>> list_all_webhooks(database::ReadTransaction& tx,
                                                     std::optional<WebhookId> after, int limit) {
    return collect(tx, list_all_sql, {page_start(after), limit}, read_webhook);
}

Result<bool> delete_webhook(database::WriteTransaction& tx, WebhookId id) {
    TRY(tx.execute(delete_deliveries_sql, {id}));
    const std::int64_t deleted = TRY(tx.execute(delete_sql, {id}));
    return deleted == 1;
}

Result<void> delete_webhooks_of(database::WriteTransaction& tx, ClientId client_id) {
    const auto webhooks = TRY(list_webhooks(tx, client_id));
    for (const WebhookRecord& webhook : webhooks) TRY(delete_webhook(tx, webhook.id));
    return {};
}

Result<void> record_change(database::WriteTransaction& tx, const Change& change, Timestamp now) {
    TRY(tx.execute(record_sql,
                   {change.client_id, change.user_id, static_cast<std::int64_t>(change.topic),
                    pack_list(change.keys), to_unix(now)}));
    return {};
}

Result<std::vector<WebhookRecord>> list_due_webhooks(database::ReadTransaction& tx, Timestamp now,
                                                     std::optional<WebhookId> after, int limit) {
    return collect(tx, due_webhooks_sql, {to_unix(now), page_start(after), limit}, read_webhook);
}

Result<std::vector<DeliveryRecord>> list_due_deliveries(database::ReadTransaction& tx,
                                                        WebhookId webhook_id, Timestamp now,
                                                        int limit) {
    return collect_deliveries(tx, due_deliveries_sql, {webhook_id, to_unix(now), limit});
}

Result<void> update_delivery(database::WriteTransaction& tx, const DeliveryRecord& delivery) {
    TRY(tx.execute(update_delivery_sql,
                   {delivery.key.webhook_id, to_unix(delivery.key.created_at), delivery.key.ordinal,
                    static_cast<std::int64_t>(delivery.state), delivery.attempts,
                    to_unix(delivery.next_attempt_at), delivery.last_status, delivery.last_error}));
    return {};
}

Result<std::vector<DeliveryRecord>> list_deliveries(database::ReadTransaction& tx,
                                                    WebhookId webhook_id, int limit) {
    return collect_deliveries(tx, list_deliveries_sql, {webhook_id, limit});
}

Result<std::int64_t> delete_old_deliveries(database::WriteTransaction& tx, Timestamp before,
                                           int limit) {
    return tx.execute(delete_old_sql, {to_unix(before), limit});
}

}  // namespace latchkey::store
