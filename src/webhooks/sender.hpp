#pragma once

// Delivers the change feed, on a thread of its own. The next attempt is written down before each
// attempt, so that a crash in the middle delays a delivery and never loses one. At least once,
// therefore, and in no promised order: receivers remember ids.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "database/database.hpp"
#include "database/write_lane.hpp"
#include "keys/key_ring.hpp"
#include "model/webhooks.hpp"
#include "tokens/public_id.hpp"
#include "webhooks/post.hpp"

namespace latchkey::webhooks {

inline constexpr std::int64_t max_attempts = 14;  // over some three days
inline constexpr int max_batch = 32;              // deliveries under way at once
inline constexpr int max_batch_per_webhook = 4;   // so that a slow one leaves room for others
inline constexpr Seconds poll_interval{1};

/// How long after attempt number `attempts` (1, 2, …) the next one comes: 5 s, then longer and
/// longer, to half a day.
[[nodiscard]] Seconds retry_delay(std::int64_t attempts) noexcept;

class Sender {
public:
    struct Services {
        database::Database& database;
        database::WriteLane& lane;
        const keys::KeyRing& keys;
        const tokens::PublicIds& public_ids;
        const Clock& clock;
        Random& random;
        /// One line per event, without address or person: "webhook 1f… delivered".
        std::function<void(std::string_view event)> log;
    };
    Sender(Services services, PostOptions options);
    ~Sender() = default;  // stops and joins

    /// Starts the thread. Without it, deliver_due() can be called by hand (tests do).
    void start();
    /// Sends what is due now, a batch at most; how many deliveries were tried.
    [[nodiscard]] Result<int> deliver_due(const std::stop_token& stop = {});

private:
    struct Item {
        WebhookRecord webhook;
        DeliveryRecord delivery;
    };
    void run(const std::stop_token& stop);
    [[nodiscard]] Result<std::vector<Item>> find_due();
    [[nodiscard]] Result<void> claim(std::vector<Item>& items);
    [[nodiscard]] Result<Post> make_post(const Item& item) const;
    void settle(Item& item, const PostResult& result) const;
    [[nodiscard]] Result<void> keep(const std::vector<Item>& items);

    Services services_;
    PostOptions options_;
    std::optional<WebhookId> last_;  // where the round of all webhooks goes on
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread thread_;
};

}  // namespace latchkey::webhooks
