#pragma once

// Who commits: functions that change custom data write in their caller's transaction and leave it
// open. They may find a problem after the first of several rows, so what they wrote is kept only
// if their outcome has none: all of a change, or nothing.

#include <type_traits>

#include "base/result.hpp"
#include "database/write_group.hpp"
#include "metafields/problem.hpp"

namespace latchkey::metafields {

[[nodiscard]] inline const Problems& problems_of(const Problems& problems) noexcept {
    return problems;
}
template <class Outcome>
[[nodiscard]] const Problems& problems_of(const Outcome& outcome) noexcept {
    return outcome.problems;
}

/// One transaction of a group around one change, `change(WriteTransaction&)`.
template <class Change>
[[nodiscard]] auto change_in(database::WriteGroup& group, const Change& change)
    -> std::invoke_result_t<const Change&, database::WriteTransaction&> {
    const auto tx = TRY(group.begin());
    auto outcome = TRY(change(*tx));
    if (problems_of(outcome).empty()) TRY(tx->commit());
    return outcome;
}

}  // namespace latchkey::metafields
