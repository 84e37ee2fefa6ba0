// latchkey webhook create | list | delete | deliveries

#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "database/run_write.hpp"
#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"
#include "webhooks/payload.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::cli {
namespace {

Result<WebhookId> parse_webhook_id(std::string_view text) {
    const auto id = WebhookId::from_text(text);
    if (!id) {
        return fail(ErrorCode::invalid_argument, "Not a webhook id.",
                    "a webhook id is 32 hex digits, as `latchkey webhook list` shows it");
    }
    return *id;
}

Failure no_such_webhook() {
    return fail(ErrorCode::not_found, "No such webhook.",
                "no webhook has this id: see `latchkey webhook list`");
}

json::Value describe(const WebhookRecord& webhook) {
    return Fields()
        .add("webhookId", webhook.id.text())
        .add("clientId", webhook.client_id.text())
        .add("url", webhook.url)
        .add("topics", webhooks::topics_text(webhook.topics))
        .add("createdAt", iso_time(webhook.created_at))
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

json::Value describe(const DeliveryRecord& delivery) {
    Fields fields;
    fields.add("id", webhooks::message_id(delivery.key))
        .add("event", std::string(webhooks::event_name(delivery.topic)))
        .add("state", std::string(to_string(delivery.state)))
        .add("attempts", delivery.attempts);
    if (delivery.state == DeliveryState::waiting) {
        fields.add("nextAttemptAt", iso_time(delivery.next_attempt_at));
    } else {
        fields.add("nextAttemptAt", nullptr);
    }
    return fields.add("lastStatus", delivery.last_status)
        .add("lastError", delivery.last_error)
        .value();
}

/// Of one app, or of every app in turn.
Result<std::vector<WebhookRecord>> list(database::ReadTransaction& tx, RealmId realm,
                                        const WebhookList& command) {
    if (!command.client_id.empty()) {
        const ClientId client_id = TRY(parse_client_id(command.client_id));
        return store::list_webhooks(tx, client_id);
    }
    std::vector<WebhookRecord> all;
    std::optional<WebhookId> after;
    for (;;) {
        auto page = TRY(store::list_all_webhooks(tx, realm, after, list_page));
        if (page.empty()) return all;
        after = page.back().id;
        for (WebhookRecord& webhook : page) all.push_back(std::move(webhook));
    }
}

}  // namespace

Result<void> run(const WebhookCreate& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    webhooks::NewWebhook wanted;
    wanted.client_id = TRY(parse_client_id(command.client_id));
    wanted.url = command.url;
    wanted.topics = TRY(webhooks::parse_topics(command.topics));
    const realm::Act act{world->services().realm, world->random(), world->clock().now(),
                         operator_audit};
    const auto created = TRY(database::run_write(
        world->database(), [&](auto& tx) { return webhooks::create_webhook(act, tx, wanted); }));
    print(Fields()
              .add("webhookId", created.record.id.text())
              .add("secret", std::string(created.secret.reveal()))
              .value(),
          command.format);
    return {};
}

Result<void> run(const WebhookList& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    auto tx = TRY(world->database().read());
    const auto webhooks = TRY(list(*tx, world->keys().realm(), command));
    json::Array rows;
    for (const WebhookRecord& webhook : webhooks) rows.push_back(describe(webhook));
    print(json::Value(json::Value::Data(std::move(rows))), command.format);
    return {};
}

Result<void> run(const WebhookDelete& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    const WebhookId id = TRY(parse_webhook_id(command.webhook_id));
    const bool deleted = TRY(database::run_write(
        world->database(), [&](auto& tx) { return store::delete_webhook(tx, id); }));
    if (!deleted) return no_such_webhook();
    print(Fields().add("webhookId", id.text()).add("deleted", true).value(), command.format);
    return {};
}

Result<void> run(const WebhookDeliveries& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    const WebhookId id = TRY(parse_webhook_id(command.webhook_id));
    auto tx = TRY(world->database().read());
    const auto webhook = TRY(store::find_webhook(*tx, id));
    if (!webhook) return no_such_webhook();
    const auto deliveries = TRY(store::list_deliveries(*tx, id, command.lines));
    json::Array rows;
    for (const DeliveryRecord& delivery : deliveries) rows.push_back(describe(delivery));
    print(json::Value(json::Value::Data(std::move(rows))), command.format);
    return {};
}

}  // namespace latchkey::cli
