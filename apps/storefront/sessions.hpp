#pragma once

// Which browser is which customer: random ids in cookies, of which the shop keeps only hashes.
// In memory, so a restart of the shop signs everybody out, and a sign-in brings all of it back.

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "crypto/digest.hpp"
#include "customer.hpp"

namespace latchkey::storefront {

/// Thread-safe.
class Sessions {
public:
    static constexpr Seconds lifetime{12 * 3600};
    static constexpr std::size_t max_sessions = 10'000;  // one more ends the oldest

    explicit Sessions(Random& random) : random_(random) {}

    /// A new session's id: the cookie's value.
    [[nodiscard]] std::string start(std::shared_ptr<Customer> customer, Timestamp now);
    /// Null when there is no such session, or it is over.
    [[nodiscard]] std::shared_ptr<Customer> find(std::string_view id, Timestamp now);
    void end(std::string_view id);

private:
    struct Session {
        std::shared_ptr<Customer> customer;
        Timestamp ends_at;
    };
    void make_room(Timestamp now);

    Random& random_;
    std::mutex mutex_;
    std::map<crypto::Sha256, Session> sessions_;  // guarded by mutex_; by hash of the id
};

}  // namespace latchkey::storefront
