#pragma once

// How often something may happen per key and window: codes per address, tries per peer. Counted in
// the store, with what it is counted for, so that a restart forgives nothing and what runs twice
// counts once.

#include <string_view>

#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"
#include "keys/key_ring.hpp"

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

/// One event of a limit: the key is hashed, so that no address is in the store.
struct RatedEvent {
    const RateLimit& limit;
    std::string_view key;
};
/// Counts it, and says whether it is within the limit; the caller commits. Errors: storage errors.
[[nodiscard]] Result<bool> is_within_limit(database::WriteTransaction& tx,
                                           const keys::KeyRing& keys, const RatedEvent& event,
                                           Timestamp now);

}  // namespace latchkey::people
