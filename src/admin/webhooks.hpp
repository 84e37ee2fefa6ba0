#pragma once

// Who hears of changes, for the operator.

#include <optional>
#include <string>
#include <vector>

#include "admin/page.hpp"
#include "model/webhooks.hpp"
#include "realm/act.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::admin {

inline constexpr int max_listed_deliveries = 1000;

/// Errors: webhooks::create_webhook's.
[[nodiscard]] Result<webhooks::CreatedWebhook> create_webhook(const realm::Act& act,
                                                              database::WriteTransaction& tx,
                                                              const webhooks::NewWebhook& wanted);
/// With what it has not delivered. Errors: not_found.
[[nodiscard]] Result<void> delete_webhook(const realm::Act& act, database::WriteTransaction& tx,
                                          WebhookId webhook_id);

/// By webhook id. Errors: invalid_argument (the page).
[[nodiscard]] Result<Page<WebhookRecord, WebhookId>> list_webhooks(
    const realm::Realm& realm, database::ReadTransaction& tx,
    const PageRequest<WebhookId>& request);
/// At most webhooks::max_webhooks_per_app. Errors: not_found (the app).
[[nodiscard]] Result<std::vector<WebhookRecord>> list_webhooks_of_client(
    const realm::Realm& realm, database::ReadTransaction& tx, ClientId client_id);

struct DeliveryList {
    WebhookId webhook_id;
    int limit = 20;  // 1 to max_listed_deliveries
};
/// The newest first. Errors: not_found; invalid_argument (the limit).
[[nodiscard]] Result<std::vector<DeliveryRecord>> list_deliveries(const realm::Realm& realm,
                                                                  database::ReadTransaction& tx,
                                                                  const DeliveryList& wanted);

}  // namespace latchkey::admin
