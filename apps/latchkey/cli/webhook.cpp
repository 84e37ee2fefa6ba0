// latchkey webhook create | list | delete | deliveries

#include "admin/webhooks.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/pages.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "webhooks/payload.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::cli {
namespace {

constexpr std::string_view app_list = "see `latchkey app list`";
constexpr std::string_view webhook_list = "see `latchkey webhook list`";

Result<WebhookId> parse_webhook_id(std::string_view text) {
    const auto id = WebhookId::from_text(text);
    if (!id) {
        return fail(ErrorCode::invalid_argument, "Not a webhook id.",
                    "a webhook id is 32 hex digits, as `latchkey webhook list` shows it");
    }
    return *id;
}

json::Value webhook_row(const WebhookRecord& webhook) {
    return Fields()
        .add("webhookId", webhook.id.text())
        .add("clientId", webhook.client_id.text())
        .add("url", webhook.url)
        .add("topics", webhooks::topics_text(webhook.topics))
        .add_time("createdAt", webhook.created_at)
        .value();
}

std::string_view to_string(DeliveryState state) {
    switch (state) {
        case DeliveryState::waiting: return "waiting";
        case DeliveryState::delivered: return "delivered";
        case DeliveryState::given_up: return "given_up";
    }
    return "";
}

json::Value delivery_row(const DeliveryRecord& delivery) {
    std::optional<Timestamp> next_attempt_at;
    if (delivery.state == DeliveryState::waiting) next_attempt_at = delivery.next_attempt_at;
    return Fields()
        .add("id", webhooks::message_id(delivery.key))
        .add("event", std::string(webhooks::event_name(delivery.topic)))
        .add("state", std::string(to_string(delivery.state)))
        .add("attempts", delivery.attempts)
        .add_time("nextAttemptAt", next_attempt_at)
        .add("lastStatus", delivery.last_status)
        .add("lastError", delivery.last_error)
        .value();
}

/// Of one app, or of every app in turn.
Result<std::vector<WebhookRecord>> list(const realm::Realm& realm, database::ReadTransaction& tx,
                                        const WebhookList& command) {
    if (!command.client_id.empty()) {
        return admin::list_webhooks_of_client(realm, tx, TRY(parse_client_id(command.client_id)));
    }
    return all_pages<WebhookRecord, WebhookId>(
        [&](const auto& request) { return admin::list_webhooks(realm, tx, request); });
}

}  // namespace

Result<void> run(const WebhookCreate& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    webhooks::NewWebhook wanted;
    wanted.client_id = TRY(parse_client_id(command.client_id));
    wanted.url = command.url;
    wanted.topics = TRY(webhooks::parse_topics(command.topics));
    const auto created = TRY(or_see(app_list, operation->write([&](const auto& act, auto& tx) {
        return admin::create_webhook(act, tx, wanted);
    })));
    print(Fields()
              .add("webhookId", created.record.id.text())
              .add("secret", std::string(created.secret.reveal()))
              .value(),
          command.format);
    return {};
}

Result<void> run(const WebhookList& command, const app::Environment& environment) {
    const auto installation = TRY(open_installation(command, environment));
    auto tx = TRY(installation->database().read());
    const auto webhooks = TRY(or_see(app_list, list(installation->realm(), *tx, command)));
    print(rows_of(webhooks, webhook_row), command.format);
    return {};
}

Result<void> run(const WebhookDelete& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const WebhookId id = TRY(parse_webhook_id(command.webhook_id));
    TRY(or_see(webhook_list, operation->write([&](const auto& act, auto& tx) {
        return admin::delete_webhook(act, tx, id);
    })));
    print(Fields().add("webhookId", id.text()).add("deleted", true).value(), command.format);
    return {};
}

Result<void> run(const WebhookDeliveries& command, const app::Environment& environment) {
    const auto installation = TRY(open_installation(command, environment));
    const WebhookId id = TRY(parse_webhook_id(command.webhook_id));
    auto tx = TRY(installation->database().read());
    const auto deliveries = TRY(or_see(
        webhook_list, admin::list_deliveries(installation->realm(), *tx, {id, command.lines})));
    print(rows_of(deliveries, delivery_row), command.format);
    return {};
}

}  // namespace latchkey::cli
