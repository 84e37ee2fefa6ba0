#pragma once

// Records of the change feed: who wants to hear of what, and what is on its way.

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/text/text.hpp"
#include "base/time/clock.hpp"

namespace latchkey {

using WebhookId = Id<struct WebhookTag>;

/// What can change. A subscription's topics are a mask of these.
enum class ChangeTopic : std::uint8_t {
    metafields_set = 1U << 0U,
    metafields_deleted = 1U << 1U,
    connection_established = 1U << 2U,
    connection_revoked = 1U << 3U,
};

struct WebhookRecord {
    WebhookId id;
    ClientId client_id;
    std::string url;
    std::uint32_t topics = 0;
    Bytes sealed_secret;  // by the key ring, bound to the id
    Timestamp created_at;
};

/// One thing that changed for one app and one person.
struct Change {
    ClientId client_id;  // whose data or connection it is
    UserId user_id;
    ChangeTopic topic = ChangeTopic::metafields_set;
    std::vector<std::string> keys;  // of the metafields, in the app's reserved namespace
};

enum class DeliveryState : std::uint8_t { waiting = 1, delivered = 2, given_up = 3 };

using DeliveryId = Id<struct DeliveryTag>;  // in the order of events (base/random.hpp)

/// Names a delivery: one change has the same id on its way to each webhook.
struct DeliveryKey {
    WebhookId webhook_id;
    DeliveryId id;

    bool operator==(const DeliveryKey&) const = default;
};

struct DeliveryRecord {
    DeliveryKey key;
    Timestamp created_at;
    UserId user_id;
    ChangeTopic topic = ChangeTopic::metafields_set;
    std::vector<std::string> keys;
    DeliveryState state = DeliveryState::waiting;
    std::int64_t attempts = 0;
    Timestamp next_attempt_at;
    std::int64_t last_status = 0;  // of HTTP; 0: no answer came
    std::string last_error;        // a few words for the operator
};

}  // namespace latchkey
