#pragma once

// The change feed's subscriptions. What is on its way to them is in webhook_deliveries.hpp.

#include <optional>
#include <vector>

#include "database/database.hpp"
#include "model/webhooks.hpp"

namespace latchkey::store {

/// Errors: conflict when the id is taken.
[[nodiscard]] Result<void> insert_webhook(database::WriteTransaction& tx,
                                          const WebhookRecord& webhook);
/// Absent if it is of another realm's app.
[[nodiscard]] Result<std::optional<WebhookRecord>> find_webhook(database::ReadTransaction& tx,
                                                                RealmId realm, WebhookId id);
[[nodiscard]] Result<std::vector<WebhookRecord>> list_webhooks(database::ReadTransaction& tx,
                                                               ClientId client_id);
/// A keyset page of a realm's, in the order of ids.
[[nodiscard]] Result<std::vector<WebhookRecord>> list_all_webhooks(database::ReadTransaction& tx,
                                                                   RealmId realm,
                                                                   std::optional<WebhookId> after,
                                                                   int limit);
/// Those of every realm with something due, in the order of their ids.
[[nodiscard]] Result<std::vector<WebhookRecord>> list_due_webhooks(database::ReadTransaction& tx,
                                                                   Timestamp now,
                                                                   std::optional<WebhookId> after,
                                                                   int limit);
/// Deletes the subscription: nothing is sent to it any more, and its deliveries go by
/// sweep_removals. False: was not there, or is of another realm's app.
[[nodiscard]] Result<bool> delete_webhook(database::WriteTransaction& tx, RealmId realm,
                                          WebhookId id);
[[nodiscard]] Result<void> delete_webhooks_of(database::WriteTransaction& tx, ClientId client_id);

struct SealedWebhookSecret {
    WebhookId webhook_id;
    Bytes sealed_secret;
};
/// A keyset page of the secrets of a realm's webhooks, in the order of ids.
[[nodiscard]] Result<std::vector<SealedWebhookSecret>> list_sealed_webhook_secrets(
    database::ReadTransaction& tx, RealmId realm, std::optional<WebhookId> after, int limit);
/// Compare-and-set. False: it changed meanwhile, or the webhook is gone.
[[nodiscard]] Result<bool> replace_sealed_webhook_secret(database::WriteTransaction& tx,
                                                         const SealedWebhookSecret& read,
                                                         ByteView next);
/// How many of a realm's webhooks have a secret under this version of a ring key.
[[nodiscard]] Result<std::int64_t> count_webhook_secrets_under(database::ReadTransaction& tx,
                                                               RealmId realm, std::int64_t version);

}  // namespace latchkey::store
