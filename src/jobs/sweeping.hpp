#pragma once

// Removes what has expired and what deleted things left, a little at a time, so that tables stay as
// large as what is alive and no request waits.

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "jobs/chores.hpp"
#include "store/refresh_families.hpp"
#include "store/sweeps.hpp"

namespace latchkey::jobs {

/// The walk over refresh families goes on in the next round when it has seen so many that stay:
/// 20 ms of work, and a day for fifty million of them.
inline constexpr std::int64_t families_a_round = 20'000;

/// The walk over refresh families, a round at a time.
class FamilySweep {
public:
    /// Removes what was found, on the write lane; how many went.
    using Remove = std::function<std::int64_t(const store::FamilyScan&)>;

    /// Goes on where the last round ended, until so many stay that it is enough for this one, the
    /// table ends, or `stop` is requested. What could not be removed is found by the next walk.
    [[nodiscard]] Result<void> round(database::Database& database, Timestamp now,
                                     const Remove& remove, const std::stop_token& stop);

private:
    [[nodiscard]] Result<store::FamilyScan> look(database::Database& database, Timestamp now) const;

    store::FamilyKey position_;
};

/// One for each of store::sweeps(), and the walk.
[[nodiscard]] std::vector<Chore> sweeping(const store::Retention& retention);

}  // namespace latchkey::jobs
