#pragma once

// Changes of custom data outside of a request.

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "database/run_write.hpp"
#include "metafields/change.hpp"

namespace latchkey::testing {

/// metafields::change_in, in a group of its own: durable when this returns.
template <class Change>
[[nodiscard]] auto run_change(database::Database& database, const Change& change)
    -> std::invoke_result_t<const Change&, database::WriteTransaction&> {
    std::optional<std::invoke_result_t<const Change&, database::WriteTransaction&>> outcome;
    TRY(database::run_group(
        database, database::Isolation::isolated,
        [&](database::WriteGroup& group) { outcome = metafields::change_in(group, change); },
        [](const std::exception_ptr& bug) { std::rethrow_exception(bug); }));
    return std::move(*outcome);
}

}  // namespace latchkey::testing
