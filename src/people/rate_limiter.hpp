#pragma once

// How often something may happen per key and window: codes per address, tries per peer. A bounded
// table in memory: a restart forgives, which costs an attacker more waiting than it gains.

#include <array>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "base/clock.hpp"
#include "base/random.hpp"

namespace latchkey::people {

struct RateLimit {
    std::string_view name;  // a literal; keys of different limits never meet
    int max_events = 0;
    Seconds window{0};
};

// A code has 5 tries, so an address can be guessed at 100 times a day: 1 in 10,000.
inline constexpr RateLimit codes_per_address{"codes-per-address", 5, std::chrono::minutes(15)};
inline constexpr RateLimit codes_per_address_daily{"codes-per-address-daily", 20,
                                                   std::chrono::hours(24)};
// Offices and mobile networks share addresses, so a peer gets more room.
inline constexpr RateLimit codes_per_peer{"codes-per-peer", 60, std::chrono::hours(1)};
inline constexpr RateLimit tries_per_peer{"tries-per-peer", 120, std::chrono::minutes(10)};

/// Thread-safe.
class RateLimiter {
public:
    /// Windows that are remembered at once; beyond it, those that ended go, then any others.
    static constexpr std::size_t max_entries = 65536;

    explicit RateLimiter(Random& random);

    enum class Verdict : std::uint8_t { allowed, refused };
    /// Counts one event of `key` and says whether it is within the limit.
    [[nodiscard]] Verdict count(const RateLimit& limit, std::string_view key, Timestamp now);

    [[nodiscard]] std::size_t size() const;

private:
    struct Window {
        Timestamp ends_at;
        int events = 0;
    };
    using Key = std::uint64_t;

    [[nodiscard]] Key key_of(const RateLimit& limit, std::string_view key) const;
    void make_room(Timestamp now);

    std::array<std::uint8_t, 16> seed_{};  // so that nobody can aim at another key's window
    mutable std::mutex mutex_;
    std::unordered_map<Key, Window> windows_;
};

}  // namespace latchkey::people
