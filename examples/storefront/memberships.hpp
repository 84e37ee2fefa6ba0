#pragma once

// The membership card: two metafields of the shop on the person, "my-membership" (the tier) and
// "member-since". They live with Latchkey, so they outlast every session of the shop.

#include <latchkey/client/client.hpp>

#include <atomic>

#include "customer.hpp"

namespace storefront {

/// Thread-safe.
class Memberships {
public:
    explicit Memberships(client::Client& client) : client_(client) {}

    /// The person's card as Latchkey holds it. Who has none gets one, dated `now`: it is stored,
    /// then read back.
    [[nodiscard]] client::Result<Membership> find_or_create(client::AccessToken token,
                                                            Timestamp now);

private:
    [[nodiscard]] client::Result<Membership> read(client::AccessToken token);
    [[nodiscard]] client::Result<void> define();

    client::Client& client_;
    std::atomic<bool> is_defined_{false};
};

}  // namespace storefront
