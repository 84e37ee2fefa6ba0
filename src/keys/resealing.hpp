#pragma once

// Seals people's keys again after the key over them was rotated, a few at a time, so that the old
// one can be retired. Other rows that the ring seals (mail, challenges) are gone within a day.

#include <optional>

#include "database/database.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::keys {

/// The pass begins when no process can be sealing under the older key any more.
inline constexpr Seconds resealing_delay{60};

class Resealer {
public:
    explicit Resealer(const KeyRing& ring) : ring_(ring) {}

    /// Whether a pass is due or under way: ask before opening a transaction.
    [[nodiscard]] bool is_due(Timestamp now) const;

    /// Looks at up to `limit` people; how many it looked at: 0 means there is nothing to do until
    /// the key is rotated again. Commit what it wrote, or it comes again after a restart.
    /// Errors: storage errors; those of KeyRing::open for a damaged row.
    [[nodiscard]] Result<int> step(database::WriteTransaction& tx, int limit, Timestamp now);

private:
    const KeyRing& ring_;
    std::int64_t done_for_ = 0;  // the version under which everything is sealed
    std::optional<UserId> after_;
};

}  // namespace latchkey::keys
