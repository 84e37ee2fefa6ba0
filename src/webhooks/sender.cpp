#include "webhooks/sender.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"
#include "webhooks/payload.hpp"
#include "webhooks/signature.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::webhooks {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<Seconds, 9> delays = {Seconds(5),  Seconds(30), minutes(2),
                                           minutes(10), minutes(30), hours(1),
                                           hours(3),    hours(6),    hours(12)};

constexpr long first_good = 200;
constexpr long first_not_good = 300;
constexpr long gone = 410;  // RFC 9110 15.5.11: it is not coming back

/// Up to an eighth on top, so that what failed together does not come back together.
Seconds with_jitter(Seconds delay, Random& random) {
    std::array<std::uint8_t, 4> raw{};
    random.fill(raw);
    std::int64_t number = 0;
    for (const std::uint8_t byte : raw) number = number * 256 + byte;
    return delay + Seconds(number % (delay.count() / 8 + 1));
}

}  // namespace

Seconds retry_delay(std::int64_t attempts) noexcept {
    const auto last = static_cast<std::int64_t>(delays.size()) - 1;
    return delays[static_cast<std::size_t>(std::clamp<std::int64_t>(attempts - 1, 0, last))];
}

Sender::Sender(Services services, PostOptions options)
    : services_(std::move(services)), options_(std::move(options)) {}

void Sender::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Sender::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const auto tried = deliver_due(stop);
        if (!tried) services_.log("webhooks wait: " + tried.error().detail);
        if (tried && *tried > 0) continue;
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, poll_interval, [] { return false; });
    }
}

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
        }
    }
    const auto results = post_all(posts, options_, stop);
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
        auto due = TRY(store::list_due_deliveries(*tx, webhook.id, now,
                                                  std::min(room, max_batch_per_webhook)));
        for (DeliveryRecord& delivery : due) items.push_back({webhook, std::move(delivery)});
        last_ = webhook.id;
    }
    if (webhooks.empty()) return items;
    const bool went_round =
        last_ == webhooks.back().id && webhooks.size() < static_cast<std::size_t>(max_batch);
    if (went_round) last_.reset();
    return items;
}

/// Leaves those that no other sender claimed first.
Result<void> Sender::claim(std::vector<Item>& items) {
    const Timestamp now = services_.clock.now();
    std::vector<Timestamp> next;
    for (const Item& item : items) {
        const Seconds delay = retry_delay(item.delivery.attempts + 1);
        next.push_back(now + with_jitter(delay, services_.random));
    }
    const auto claim_all = [&](database::WriteTransaction& tx) -> Result<std::vector<Item>> {
        std::vector<Item> claimed;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const bool is_ours = TRY(store::claim_delivery(tx, items[i].delivery, next[i]));
            if (!is_ours) continue;
            claimed.push_back(items[i]);
            ++claimed.back().delivery.attempts;
            claimed.back().delivery.next_attempt_at = next[i];
        }
        return claimed;
    };
    items = TRY(database::run_on_lane(services_.lane, claim_all));
    return {};
}

Result<Post> Sender::make_post(const Item& item) const {
    const Secret secret = TRY(open_secret(services_.keys, item.webhook));
    const std::string id = message_id(item.delivery.key);
    const Timestamp now = services_.clock.now();
    const std::string public_id =
        services_.public_ids.public_id(item.webhook.client_id, item.delivery.user_id);
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
    const std::string name = "webhook " + item.webhook.id.text();
    if (result.status >= first_good && result.status < first_not_good) {
        delivery.state = DeliveryState::delivered;
        services_.log(name + " delivered");
    } else if (result.status == gone || delivery.attempts >= max_attempts) {
        delivery.state = DeliveryState::given_up;
        services_.log(name + " given up");
    } else {
        services_.log(name + " waits");
    }
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
