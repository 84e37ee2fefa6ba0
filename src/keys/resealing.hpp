#pragma once

// Seals rows again after the key over them was rotated, a few at a time, so that the old one can be
// retired. Rows that are gone within a day (mail, challenges) need none of this.

#include <vector>

#include "database/database.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::keys {

/// The pass begins when no process can be sealing under the older key any more.
inline constexpr Seconds resealing_delay{60};

/// One value that the ring sealed, where it stands.
struct SealedValue {
    Bytes row;         // the columns of its primary key, one after the other
    Bytes sealed;      // what the column holds
    Bytes associated;  // what the box is bound to
};

/// A column that the ring seals itself, and whose rows stay.
struct SealedColumn {
    Purpose purpose;
    /// A keyset page in the order of rows, behind `after` (empty: from the start), whatever version
    /// sealed them.
    Result<std::vector<SealedValue>> (*list)(database::ReadTransaction& tx, ByteView after,
                                             int limit);
    /// Compare-and-set. False: it changed meanwhile, or the row is gone.
    Result<bool> (*replace)(database::WriteTransaction& tx, const SealedValue& read, ByteView next);
};

/// Each person's own key, which seals their profile.
[[nodiscard]] SealedColumn user_keys() noexcept;

class Resealer {
public:
    /// `ring` must outlive it, and it the groups of the transactions that it stepped in.
    Resealer(const KeyRing& ring, const std::vector<SealedColumn>& columns);
    Resealer(const Resealer&) = delete;
    Resealer& operator=(const Resealer&) = delete;

    /// Whether a pass is due or under way: ask before opening a transaction.
    [[nodiscard]] bool is_due(Timestamp now) const;

    /// Looks at up to `limit` rows of one column; how many it looked at: 0 means there is nothing
    /// to do until a key is rotated again. It goes on behind them once they are durable.
    /// Errors: storage errors; those of KeyRing::open for a damaged row.
    [[nodiscard]] Result<int> step(database::WriteTransaction& tx, int limit, Timestamp now);

private:
    struct Pass {
        SealedColumn column;
        std::int64_t done_for = 0;  // the version under which everything is sealed
        Bytes after;                // the row where it goes on
    };
    [[nodiscard]] bool is_due(const Pass& pass, Timestamp now) const;
    [[nodiscard]] Result<int> step(Pass& pass, database::WriteTransaction& tx, int limit) const;
    [[nodiscard]] Result<void> reseal(const SealedColumn& column, database::WriteTransaction& tx,
                                      const SealedValue& value) const;

    const KeyRing& ring_;
    std::vector<Pass> passes_;
};

}  // namespace latchkey::keys
