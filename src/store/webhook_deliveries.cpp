#include "store/webhook_deliveries.hpp"

#include "base/random.hpp"
#include "model/records.hpp"
#include "store/rows.hpp"
#include "store/statement.hpp"

namespace latchkey::store {
namespace {

constexpr Part delivery_columns =
    "webhook_id, id, created_at, user_id, topic, keys, state, attempts, next_attempt_at, "
    "last_status, last_error";

DeliveryRecord read_delivery(const Row& row, CorruptRows& corrupt) {
    RowReader in(row);
    return {.key = {.webhook_id = in.id<WebhookId>(), .id = in.id<DeliveryId>()},
            .created_at = in.time(),
            .user_id = in.id<UserId>(),
            .topic = static_cast<ChangeTopic>(in.integer()),
            .keys = in.list(corrupt),
            .state = in.number_of(DeliveryState::given_up, DeliveryState::given_up),
            .attempts = in.integer(),
            .next_attempt_at = in.time(),
            .last_status = in.integer(),
            .last_error = in.text()};
}

// The statements write these values out.
static_assert(static_cast<int>(DeliveryState::waiting) == 1);
static_assert(static_cast<int>(ConnectionState::live) == 1);
static_assert(static_cast<int>(ChangeTopic::metafields_deleted) == 2);
static_assert(static_cast<int>(ChangeTopic::connection_established) > 2);

// state 1 = waiting; topics 1 and 2 are metafields', for which the connection must be live (1).
constexpr database::Sql record_change_sql =
    R"(INSERT INTO webhook_deliveries
           (webhook_id, id, created_at, user_id, topic, keys, state, attempts,
            next_attempt_at, last_status, last_error)
       SELECT w.id, ?6, ?5, ?2, ?3, ?4, 1, 0, ?5, 0, ''
       FROM webhooks w
       WHERE w.client_id = ?1 AND (w.topics & ?3) <> 0
           AND (?3 > 2 OR EXISTS (SELECT 1 FROM connections c
                                  WHERE c.user_id = ?2 AND c.client_id = ?1 AND c.state = 1)))";
constexpr database::Sql list_due_deliveries_sql =
    sql<"SELECT ", delivery_columns, R"( FROM webhook_deliveries
         WHERE webhook_id = ?1 AND state = 1 AND next_attempt_at <= ?2
         ORDER BY next_attempt_at, id LIMIT ?3)">;
constexpr database::Sql claim_delivery_sql =
    R"(UPDATE webhook_deliveries SET attempts = attempts + 1, next_attempt_at = ?4
       WHERE webhook_id = ?1 AND id = ?2 AND attempts = ?3 AND state = 1)";
constexpr database::Sql settle_delivery_sql =
    R"(UPDATE webhook_deliveries
       SET state = ?4, last_status = ?5, last_error = ?6, next_attempt_at = ?7
       WHERE webhook_id = ?1 AND id = ?2 AND attempts = ?3)";
constexpr database::Sql list_deliveries_sql =
    sql<"SELECT ", delivery_columns, R"( FROM webhook_deliveries
         WHERE webhook_id = ?1 ORDER BY id DESC LIMIT ?2)">;
constexpr database::Sql delete_old_deliveries_sql =
    R"(DELETE FROM webhook_deliveries WHERE (webhook_id, id) IN
           (SELECT webhook_id, id FROM webhook_deliveries
            WHERE created_at < ?1 ORDER BY created_at LIMIT ?2))";

Result<std::vector<DeliveryRecord>> collect_deliveries(database::ReadTransaction& tx,
                                                       database::Sql statement,
                                                       database::Params params) {
    CorruptRows corrupt;
    auto rows = TRY(collect(tx, statement, params,
                            [&corrupt](const Row& row) { return read_delivery(row, corrupt); }));
    TRY(corrupt.check());
    return rows;
}

}  // namespace

Result<void> record_change(database::WriteTransaction& tx, const Change& change, Timestamp now) {
    TRY(tx.execute(record_change_sql,
                   {change.client_id, change.user_id, static_cast<std::int64_t>(change.topic),
                    pack_list(change.keys), to_unix(now), make_event_id<DeliveryId>(now)}));
    return {};
}

Result<std::vector<DeliveryRecord>> list_due_deliveries(database::ReadTransaction& tx,
                                                        WebhookId webhook_id, Timestamp now,
                                                        int limit) {
    return collect_deliveries(tx, list_due_deliveries_sql, {webhook_id, to_unix(now), limit});
}

Result<bool> claim_delivery(database::WriteTransaction& tx, const DeliveryRecord& read,
                            Timestamp next_attempt_at) {
    return changes_one(tx, claim_delivery_sql,
                       {read.key.webhook_id, read.key.id, read.attempts, to_unix(next_attempt_at)});
}

Result<void> settle_delivery(database::WriteTransaction& tx, const DeliveryRecord& delivery) {
    TRY(tx.execute(settle_delivery_sql,
                   {delivery.key.webhook_id, delivery.key.id, delivery.attempts,
                    static_cast<std::int64_t>(delivery.state), delivery.last_status,
                    delivery.last_error, to_unix(delivery.next_attempt_at)}));
    return {};
}

Result<std::vector<DeliveryRecord>> list_deliveries(database::ReadTransaction& tx,
                                                    WebhookId webhook_id, int limit) {
    return collect_deliveries(tx, list_deliveries_sql, {webhook_id, limit});
}

Result<std::int64_t> delete_old_deliveries(database::WriteTransaction& tx, Timestamp before,
                                           int limit) {
    return tx.execute(delete_old_deliveries_sql, {to_unix(before), limit});
}

}  // namespace latchkey::store
