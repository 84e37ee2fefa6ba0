#pragma once

// The membership card: two metafields of the shop on the person, "my-membership" (the tier) and
// "member-since". They live with Latchkey, so they outlast every session of the shop.

#include <atomic>

#include "base/clock.hpp"
#include "customer.hpp"
#include "latchkey/client/client.hpp"

namespace latchkey::storefront {

/// Thread-safe.
class Memberships {
public:
    explicit Memberships(client::Client& client) : client_(client) {}

    /// The person's card as Latchkey holds it. Who has none gets one, dated `now`: it is stored,
    /// then read back.
    [[nodiscard]] client::Outcome<Membership> find_or_create(client::AccessToken token,
                                                             Timestamp now);

private:
    [[nodiscard]] client::Outcome<Membership> read(client::AccessToken token);
    [[nodiscard]] client::Outcome<void> define();

    client::Client& client_;
    std::atomic<bool> is_defined_{false};
};

}  // namespace latchkey::storefront
