#pragma once

// Delivers the change feed of every realm, on a thread of its own. A delivery is claimed before
// each attempt, so that a crash in the middle delays it and never loses it. At least once,
// therefore, and in no promised order: receivers remember ids.

#include <array>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/log.hpp"
#include "base/random.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"
#include "database/write_lane.hpp"
#include "http_client/posts.hpp"
#include "jobs/backoff.hpp"
#include "jobs/worker.hpp"
#include "model/webhooks.hpp"
#include "realm/realms.hpp"

namespace latchkey::webhooks {

inline constexpr std::int64_t max_attempts = 14;  // over some three days
inline constexpr int max_batch = 32;              // deliveries under way at once
inline constexpr int max_batch_per_webhook = 4;   // so that a slow one leaves room for others
inline constexpr Seconds poll_interval{1};

/// 5 s, then longer and longer, to half a day.
inline constexpr std::array<Seconds, 9> delivery_waits = {Seconds(5),
                                                          Seconds(30),
                                                          std::chrono::minutes(2),
                                                          std::chrono::minutes(10),
                                                          std::chrono::minutes(30),
                                                          std::chrono::hours(1),
                                                          std::chrono::hours(3),
                                                          std::chrono::hours(6),
                                                          std::chrono::hours(12)};
inline constexpr jobs::Backoff delivery_backoff(delivery_waits);

class Sender {
public:
    struct Services {
        database::Database& database;
        database::WriteLane& lane;
        const realm::Realms& realms;
        const Clock& clock;
        Random& random;
        Log& log;  // a line for each attempt: the receiver's host, no path, query or person
    };
    Sender(const Services& services, http_client::Policy policy);

    /// Starts the thread. Without it, deliver_due() can be called by hand (tests do).
    void start() { worker_.start(); }
    void stop() noexcept { worker_.stop(); }
    /// Sends what is due now, a batch at most; how many deliveries were tried.
    [[nodiscard]] Result<int> deliver_due(const std::stop_token& stop = {});

private:
    struct Item {
        const realm::Realm* realm;
        WebhookRecord webhook;
        DeliveryRecord delivery;
    };
    [[nodiscard]] Result<std::vector<Item>> find_due();
    /// Null: it is of a realm that this process has not met.
    [[nodiscard]] Result<const realm::Realm*> find_realm(database::ReadTransaction& tx,
                                                         const WebhookRecord& webhook) const;
    [[nodiscard]] Result<void> claim(std::vector<Item>& items);
    [[nodiscard]] Result<http_client::Post> make_post(const Item& item) const;
    void settle(Item& item, const http_client::PostResult& result) const;
    void log_attempt(Literal event, const Item& item) const;
    [[nodiscard]] Result<void> keep(const std::vector<Item>& items);

    Services services_;
    http_client::Policy policy_;
    std::optional<WebhookId> last_;  // where the round of all webhooks goes on
    jobs::Worker worker_;
};

}  // namespace latchkey::webhooks
