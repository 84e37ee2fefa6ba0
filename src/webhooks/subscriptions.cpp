#include "webhooks/subscriptions.hpp"

#include <algorithm>

#include "base/text/text.hpp"
#include "clients/client_urls.hpp"
#include "store/clients.hpp"
#include "store/webhooks.hpp"
#include "webhooks/signature.hpp"

namespace latchkey::webhooks {
namespace {

struct Event {
    ChangeTopic topic;
    std::string_view group;
    std::string_view name;
};

constexpr Event events[] = {
    {ChangeTopic::metafields_set, "metafields", "metafields.set"},
    {ChangeTopic::metafields_deleted, "metafields", "metafields.deleted"},
    {ChangeTopic::connection_established, "connections", "connections.established"},
    {ChangeTopic::connection_revoked, "connections", "connections.revoked"},
};

Result<std::vector<keys::SealedValue>> list_secrets(database::ReadTransaction& tx, RealmId realm,
                                                    ByteView after, int limit) {
    const auto rows =
        TRY(store::list_sealed_webhook_secrets(tx, realm, WebhookId::from_bytes(after), limit));
    std::vector<keys::SealedValue> values;
    for (const store::SealedWebhookSecret& row : rows) {
        const ByteView id = row.webhook_id.span();
        const Bytes place(id.begin(), id.end());
        values.push_back({.row = place, .sealed = row.sealed_secret, .associated = place});
    }
    return values;
}

Result<bool> replace_secret(database::WriteTransaction& tx, const keys::SealedValue& read,
                            ByteView next) {
    const auto webhook_id = WebhookId::from_bytes(read.row);
    if (!webhook_id) return false;
    return store::replace_sealed_webhook_secret(tx, {*webhook_id, read.sealed}, next);
}

}  // namespace

std::string_view event_name(ChangeTopic topic) noexcept {
    const auto* event = std::ranges::find(events, topic, &Event::topic);
    return event == std::end(events) ? "" : event->name;
}

Result<std::uint32_t> parse_topics(std::string_view text) {
    std::uint32_t topics = 0;
    for (const std::string_view word : split_words(text)) {
        const std::uint32_t before = topics;
        for (const Event& event : events) {
            if (word == event.group || word == event.name) {
                topics |= static_cast<std::uint32_t>(event.topic);
            }
        }
        if (topics == before) {
            return fail(ErrorCode::invalid_argument, "Unknown or repeated topic.",
                        "topics are metafields and connections, or single events such as "
                        "connections.revoked");
        }
    }
    if (topics == 0) return fail(ErrorCode::invalid_argument, "A webhook needs a topic.");
    return topics;
}

std::string topics_text(std::uint32_t topics) {
    std::string text;
    for (const Event& event : events) {
        if ((topics & static_cast<std::uint32_t>(event.topic)) == 0) continue;
        if (!text.empty()) text += ' ';
        text += event.name;
    }
    return text;
}

Result<CreatedWebhook> create_webhook(const realm::Act& act, database::WriteTransaction& tx,
                                      const NewWebhook& wanted) {
    if (!clients::is_canonical_url(wanted.url)) {
        return fail(ErrorCode::invalid_argument, "Not an address for a webhook.",
                    "a webhook's address is https://host/path (http only on loopback) of at most "
                    "2048 bytes, lower case host, without fragment, user info, dot segments or "
                    "the default port");
    }
    static_assert(clients::max_url_size == 2048, "the error text names the limit");
    const auto app = TRY(store::find_client(tx, act.realm.id(), wanted.client_id));
    if (!app) return store::no_such_app();
    const auto there = TRY(store::list_webhooks(tx, wanted.client_id));
    if (there.size() >= max_webhooks_per_app) {
        return fail(ErrorCode::too_large, "An app can have at most 8 webhooks.");
    }
    static_assert(max_webhooks_per_app == 8, "the error text names the limit");
    CreatedWebhook created{{.id = make_id<WebhookId>(act.random),
                            .client_id = wanted.client_id,
                            .url = wanted.url,
                            .topics = wanted.topics,
                            .sealed_secret = {},
                            .created_at = act.now},
                           make_secret(act.random)};
    std::string sealed;
    act.realm.keys.seal(keys::Purpose::webhook, created.secret.reveal_bytes(),
                        created.record.id.span(), sealed);
    created.record.sealed_secret.assign(sealed.begin(), sealed.end());
    TRY(store::insert_webhook(tx, created.record));
    return created;
}

Result<Secret> open_secret(const keys::KeyRing& keys, const WebhookRecord& webhook) {
    return keys.open(keys::Purpose::webhook, webhook.sealed_secret, webhook.id.span());
}

keys::SealedColumn sealed_secrets() noexcept {
    return {keys::Purpose::webhook, list_secrets, replace_secret};
}

}  // namespace latchkey::webhooks
