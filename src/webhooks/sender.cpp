#include "webhooks/sender.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "http_client/url_host.hpp"
#include "store/clients.hpp"
#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"
#include "webhooks/payload.hpp"
#include "webhooks/signature.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::webhooks {
namespace {

using http_client::Post;
using http_client::PostResult;
using jobs::Worker;

constexpr long first_good = 200;
constexpr long first_not_good = 300;
constexpr long gone = 410;  // RFC 9110 15.5.11: it is not coming back

}  // namespace

Sender::Sender(const Services& services, http_client::Policy policy)
    : services_(services),
      policy_(std::move(policy)),
      worker_({.name = "webhooks", .interval = poll_interval}, services.log,
              [this](const std::stop_token& stop) -> Result<Worker::Next> {
                  const int tried = TRY(deliver_due(stop));
                  return tried > 0 ? Worker::Next::at_once : Worker::Next::later;
              }) {}

Result<int> Sender::deliver_due(const std::stop_token& stop) {
    auto items = TRY(find_due());
    if (items.empty()) return 0;
    TRY(claim(items));
    if (items.empty()) return 0;
    std::vector<Post> posts;
    std::vector<std::size_t> sent;
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto post = make_post(items[i]);
        if (post) {
            posts.push_back(std::move(*post));
            sent.push_back(i);
        } else {
            items[i].delivery.state = DeliveryState::given_up;
            items[i].delivery.last_error = "its secret does not open";
            log_attempt("webhook.given_up", items[i]);
        }
    }
    const auto results = http_client::post_all(posts, policy_, stop);
    for (std::size_t i = 0; i < sent.size(); ++i) settle(items[sent[i]], results[i]);
    TRY(keep(items));
    return static_cast<int>(items.size());
}

/// Goes round all webhooks, a few deliveries of each, so that none keeps the others waiting.
Result<std::vector<Sender::Item>> Sender::find_due() {
    const auto tx = TRY(services_.database.read());
    const Timestamp now = services_.clock.now();
    std::vector<Item> items;
    const auto webhooks = TRY(store::list_due_webhooks(*tx, now, last_, max_batch));
    last_.reset();
    for (const WebhookRecord& webhook : webhooks) {
        const int room = max_batch - static_cast<int>(items.size());
        if (room <= 0) break;
        last_ = webhook.id;
        const realm::Realm* realm = TRY(find_realm(*tx, webhook));
        if (realm == nullptr) continue;
        auto due = TRY(store::list_due_deliveries(*tx, webhook.id, now,
                                                  std::min(room, max_batch_per_webhook)));
        for (DeliveryRecord& delivery : due) items.push_back({realm, webhook, std::move(delivery)});
    }
    if (webhooks.empty()) return items;
    const bool went_round =
        last_ == webhooks.back().id && webhooks.size() < static_cast<std::size_t>(max_batch);
    if (went_round) last_.reset();
    return items;
}

Result<const realm::Realm*> Sender::find_realm(database::ReadTransaction& tx,
                                               const WebhookRecord& webhook) const {
    const auto id = TRY(store::find_realm_of_client(tx, webhook.client_id));
    return id ? services_.realms.find(*id) : nullptr;
}

/// Leaves those that no other sender claimed first. Each is this one's for longer than the posts
/// take: settle() says when the next attempt is due.
Result<void> Sender::claim(std::vector<Item>& items) {
    const Timestamp until =
        services_.clock.now() + std::chrono::ceil<Seconds>(policy_.total_timeout) + Seconds(5);
    const auto claim_all = [&](database::WriteTransaction& tx) -> Result<std::vector<Item>> {
        std::vector<Item> claimed;
        for (const Item& item : items) {
            const bool is_ours = TRY(store::claim_delivery(tx, item.delivery, until));
            if (!is_ours) continue;
            claimed.push_back(item);
            ++claimed.back().delivery.attempts;
            claimed.back().delivery.next_attempt_at = until;
        }
        return claimed;
    };
    items = TRY(database::run_on_lane(services_.lane, claim_all));
    return {};
}

Result<Post> Sender::make_post(const Item& item) const {
    const Secret secret = TRY(open_secret(item.realm->keys, item.webhook));
    const std::string id = message_id(item.delivery.key);
    const Timestamp now = services_.clock.now();
    const std::string public_id =
        item.realm->public_ids.public_id(item.webhook.client_id, item.delivery.user_id);
    Post post{.url = item.webhook.url, .headers = {}, .body = make_body(item.delivery, public_id)};
    const std::string signature = TRY(sign(secret, {id, now, post.body}));
    post.headers = {"webhook-id: " + id, "webhook-timestamp: " + std::to_string(to_unix(now)),
                    "webhook-signature: " + signature};
    return post;
}

void Sender::settle(Item& item, const PostResult& result) const {
    DeliveryRecord& delivery = item.delivery;
    delivery.last_status = result.status;
    delivery.last_error = result.error;
    if (result.status >= first_good && result.status < first_not_good) {
        delivery.state = DeliveryState::delivered;
        log_attempt("webhook.delivered", item);
    } else if (result.status == gone || delivery.attempts >= max_attempts) {
        delivery.state = DeliveryState::given_up;
        log_attempt("webhook.given_up", item);
    } else {
        delivery.next_attempt_at =
            services_.clock.now() + delivery_backoff.wait(delivery.attempts, services_.random);
        log_attempt("webhook.waiting", item);
    }
}

void Sender::log_attempt(Literal event, const Item& item) const {
    const DeliveryRecord& delivery = item.delivery;
    const std::string id = message_id(delivery.key);
    const std::string_view host = http_client::url_host(item.webhook.url);
    if (delivery.state == DeliveryState::waiting) {
        services_.log.write(LogLevel::info, event,
                            {{"id", id},
                             {"host", host},
                             {"attempt", delivery.attempts},
                             {"status", delivery.last_status},
                             {"error", delivery.last_error},
                             {"next_attempt_at", delivery.next_attempt_at}});
        return;
    }
    const bool is_delivered = delivery.state == DeliveryState::delivered;
    services_.log.write(is_delivered ? LogLevel::info : LogLevel::warning, event,
                        {{"id", id},
                         {"host", host},
                         {"attempt", delivery.attempts},
                         {"status", delivery.last_status},
                         {"error", delivery.last_error}});
}

Result<void> Sender::keep(const std::vector<Item>& items) {
    return database::run_on_lane(services_.lane,
                                 [&items](database::WriteTransaction& tx) -> Result<void> {
                                     for (const Item& item : items) {
                                         TRY(store::settle_delivery(tx, item.delivery));
                                     }
                                     return {};
                                 });
}

}  // namespace latchkey::webhooks
