#pragma once

// Which browser is which customer: random ids in cookies, of which the shop keeps only hashes.
// In memory, so a restart of the shop signs everybody out, and a sign-in brings all of it back.

#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "clock.hpp"
#include "customer.hpp"

namespace storefront {

/// Thread-safe.
class Sessions {
public:
    static constexpr std::chrono::hours lifetime{12};
    static constexpr std::size_t max_sessions = 10'000;  // one more ends the oldest

    /// A new session's id, the cookie's value: 32 random bytes in base64url.
    [[nodiscard]] std::string start(std::shared_ptr<Customer> customer, Timestamp now);
    /// Null when there is no such session, or it is over.
    [[nodiscard]] std::shared_ptr<Customer> find(std::string_view id, Timestamp now);
    void end(std::string_view id);

private:
    struct Session {
        std::shared_ptr<Customer> customer;
        Timestamp ends_at;
    };
    using IdHash = std::array<unsigned char, 32>;  // SHA-256
    [[nodiscard]] static IdHash hash(std::string_view id);
    void make_room(Timestamp now);

    std::mutex mutex_;
    std::map<IdHash, Session> sessions_;  // guarded by mutex_
};

}  // namespace storefront
