#pragma once

// Running a group to its end: again where a joint one was spoiled, and where another writer was
// first, after a pause. Nobody else asks a group for its state.

#include <exception>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

#include "base/result.hpp"
#include "database/database.hpp"

namespace latchkey::database {

/// How often a group runs again because another writer was first, before its error is answered.
inline constexpr int max_overtaken = 10;

/// What is to be written: perhaps more than once, and only the last run counts.
using GroupWork = std::function<void(WriteGroup&)>;
/// Told of an exception that left an effect or a job: a bug.
using ThrownReport = std::function<void(const std::exception_ptr&)>;

/// Runs `work` in a group that begins as `first` says, and makes it durable; its effects have run
/// when this returns. Errors: unavailable, serialization_failure (it was tried often enough),
/// storage_full, storage_failed; nothing is kept then.
[[nodiscard]] Result<void> run_group(Database& database, Isolation first, const GroupWork& work,
                                     const ThrownReport& report);

/// One transaction of a group: `work(WriteTransaction&)` answers a Result. Where that is a value,
/// what was written is committed; where it is an error, only what `work` committed itself.
template <class Work>
[[nodiscard]] auto write_in(WriteGroup& group, const Work& work)
    -> std::invoke_result_t<const Work&, WriteTransaction&> {
    const auto tx = TRY(group.begin());
    auto answer = work(*tx);
    if (answer) TRY(tx->commit());
    return answer;
}

/// The same in a group of its own, durable when this returns: for commands, tests, and what runs
/// without a write lane. `work` runs again where another writer was first.
template <class Work>
[[nodiscard]] auto run_write(Database& database, const Work& work)
    -> std::invoke_result_t<const Work&, WriteTransaction&> {
    std::optional<std::invoke_result_t<const Work&, WriteTransaction&>> answer;
    TRY(run_group(
        database, Isolation::isolated, [&](WriteGroup& group) { answer = write_in(group, work); },
        [](const std::exception_ptr& bug) { std::rethrow_exception(bug); }));
    return std::move(*answer);
}

}  // namespace latchkey::database
