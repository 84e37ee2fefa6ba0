#pragma once

// What is on its way to webhooks. A change is recorded in the transaction that makes it, so that
// none is lost and none is told that did not happen.

#include <vector>

#include "database/database.hpp"
#include "model/webhooks.hpp"

namespace latchkey::store {

/// One waiting delivery for each of the app's webhooks that want the topic. A change of metafields
/// counts only while the person is connected to the app.
[[nodiscard]] Result<void> record_change(database::WriteTransaction& tx, const Change& change,
                                         Timestamp now);

/// The deliveries of one webhook that are due, those that wait longest first.
[[nodiscard]] Result<std::vector<DeliveryRecord>> list_due_deliveries(database::ReadTransaction& tx,
                                                                      WebhookId webhook_id,
                                                                      Timestamp now, int limit);
/// Counts an attempt on a waiting delivery as it was read, and sets when the next one is due.
/// False: another sender was first, or it is gone: of several, one sends.
[[nodiscard]] Result<bool> claim_delivery(database::WriteTransaction& tx,
                                          const DeliveryRecord& read, Timestamp next_attempt_at);
/// What became of the attempt that was claimed: replaces state, last_status, last_error and
/// next_attempt_at, unless another attempt was claimed since. Gone is no error.
[[nodiscard]] Result<void> settle_delivery(database::WriteTransaction& tx,
                                           const DeliveryRecord& delivery);
/// The newest first.
[[nodiscard]] Result<std::vector<DeliveryRecord>> list_deliveries(database::ReadTransaction& tx,
                                                                  WebhookId webhook_id, int limit);
/// Removes at most `limit` deliveries made before `before`, whatever their state.
[[nodiscard]] Result<std::int64_t> delete_old_deliveries(database::WriteTransaction& tx,
                                                         Timestamp before, int limit);

}  // namespace latchkey::store
