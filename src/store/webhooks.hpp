#pragma once

// The change feed's subscriptions and deliveries. A change is recorded in the transaction that
// makes it, so that none is lost and none is told that did not happen.

#include <optional>
#include <vector>

#include "database/database.hpp"
#include "model/webhooks.hpp"

namespace latchkey::store {

[[nodiscard]] Result<void> insert_webhook(database::WriteTransaction& tx,
                                          const WebhookRecord& webhook);
[[nodiscard]] Result<std::optional<WebhookRecord>> find_webhook(database::ReadTransaction& tx,
                                                                WebhookId id);
[[nodiscard]] Result<std::vector<WebhookRecord>> list_webhooks(database::ReadTransaction& tx,
                                                               ClientId client_id);
/// Every app's, in pages by id.
[[nodiscard]] Result<std::vector<WebhookRecord>> list_all_webhooks(database::ReadTransaction& tx,
                                                                   std::optional<WebhookId> after,
                                                                   int limit);
/// Deletes the subscription and its deliveries. False: was not there.
[[nodiscard]] Result<bool> delete_webhook(database::WriteTransaction& tx, WebhookId id);
[[nodiscard]] Result<void> delete_webhooks_of(database::WriteTransaction& tx, ClientId client_id);

/// One waiting delivery for each of the app's webhooks that want the topic. A change of metafields
/// counts only while the person is connected to the app.
[[nodiscard]] Result<void> record_change(database::WriteTransaction& tx, const Change& change,
                                         Timestamp now);

/// The webhooks with something due, in the order of their ids.
[[nodiscard]] Result<std::vector<WebhookRecord>> list_due_webhooks(database::ReadTransaction& tx,
                                                                   Timestamp now,
                                                                   std::optional<WebhookId> after,
                                                                   int limit);
/// The deliveries of one webhook that are due, those that wait longest first.
[[nodiscard]] Result<std::vector<DeliveryRecord>> list_due_deliveries(database::ReadTransaction& tx,
                                                                      WebhookId webhook_id,
                                                                      Timestamp now, int limit);
/// Replaces state, attempts, next_attempt_at, last_status and last_error. Gone is no error.
[[nodiscard]] Result<void> update_delivery(database::WriteTransaction& tx,
                                           const DeliveryRecord& delivery);
/// The newest first.
[[nodiscard]] Result<std::vector<DeliveryRecord>> list_deliveries(database::ReadTransaction& tx,
                                                                  WebhookId webhook_id, int limit);
/// Removes at most `limit` deliveries made before `before`, whatever their state.
[[nodiscard]] Result<std::int64_t> delete_old_deliveries(database::WriteTransaction& tx,
                                                         Timestamp before, int limit);

}  // namespace latchkey::store
