#include "admin/webhooks.hpp"

#include <utility>

#include "store/clients.hpp"
#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"

namespace latchkey::admin {
namespace {

/// Errors: not_found.
Result<WebhookRecord> get_webhook(const realm::Realm& realm, database::ReadTransaction& tx,
                                  WebhookId id) {
    auto webhook = TRY(store::find_webhook(tx, realm.id(), id));
    if (webhook) return std::move(*webhook);
    return fail(ErrorCode::not_found, "No such webhook.", "no webhook has this id");
}

Result<void> record_webhook(const realm::Act& act, database::WriteTransaction& tx,
                            audit::Event event, const WebhookRecord& webhook) {
    const std::string id = webhook.id.text();
    return realm::record(tx, act, event, {std::nullopt, webhook.client_id, id});
}

}  // namespace

Result<webhooks::CreatedWebhook> create_webhook(const realm::Act& act,
                                                database::WriteTransaction& tx,
                                                const webhooks::NewWebhook& wanted) {
    auto created = TRY(webhooks::create_webhook(act, tx, wanted));
    TRY(record_webhook(act, tx, audit::Event::webhook_created, created.record));
    return created;
}

Result<void> delete_webhook(const realm::Act& act, database::WriteTransaction& tx,
                            WebhookId webhook_id) {
    const WebhookRecord webhook = TRY(get_webhook(act.realm, tx, webhook_id));
    (void)TRY(store::delete_webhook(tx, act.realm.id(), webhook_id));
    return record_webhook(act, tx, audit::Event::webhook_deleted, webhook);
}

Result<Page<WebhookRecord, WebhookId>> list_webhooks(const realm::Realm& realm,
                                                     database::ReadTransaction& tx,
                                                     const PageRequest<WebhookId>& request) {
    TRY(check_page(request.limit));
    auto rows = TRY(store::list_all_webhooks(tx, realm.id(), request.after, request.limit));
    return make_page<WebhookId>(std::move(rows), request.limit,
                                [](const WebhookRecord& row) { return row.id; });
}

Result<std::vector<WebhookRecord>> list_webhooks_of_client(const realm::Realm& realm,
                                                           database::ReadTransaction& tx,
                                                           ClientId client_id) {
    const auto client = TRY(store::find_client(tx, realm.id(), client_id));
    if (!client) return store::no_such_app();
    return store::list_webhooks(tx, client_id);
}

Result<std::vector<DeliveryRecord>> list_deliveries(const realm::Realm& realm,
                                                    database::ReadTransaction& tx,
                                                    const DeliveryList& wanted) {
    static_assert(max_listed_deliveries == 1000, "the error text names the limit");
    if (wanted.limit < 1 || wanted.limit > max_listed_deliveries) {
        return fail(ErrorCode::invalid_argument, "A list of deliveries has 1 to 1000 rows.");
    }
    const WebhookRecord webhook = TRY(get_webhook(realm, tx, wanted.webhook_id));
    return store::list_deliveries(tx, webhook.id, wanted.limit);
}

}  // namespace latchkey::admin
