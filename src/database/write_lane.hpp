#pragma once

// Group commit: concurrent writers share one fsync. Jobs that write run one after the other on
// the lane's thread; while the disk works, the next group gathers. A job's `done` runs after the
// group is durable and its effects have run, so no answer leaves before its data is safe.
//
// Nearly every job commits what it wrote, so a group first runs jointly, without the nested
// transactions that would cost each job a fifth of its work. README.md says what happens else.

#include <cstddef>
#include <functional>
#include <latch>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/result.hpp"
#include "database/answer_batch.hpp"
#include "database/database.hpp"
#include "database/run_write.hpp"

namespace latchkey::database {

struct WriteJob {
    /// Begins transactions of the group, one after the other. const, as it may run more than once:
    /// what an earlier run wrote is undone and what it answered is replaced. What it does to
    /// anything but its own answer belongs in WriteTransaction::after_commit.
    std::move_only_function<void(WriteGroup& group) const> run;
    /// Called once, on the lane's thread. An error means nothing of the group was kept, and `run`'s
    /// answer must not be used. Codes: storage_full, storage_failed, unavailable,
    /// serialization_failure.
    std::move_only_function<void(Result<void> durable, AnswerBatch& answers)> done;
};

class WriteLane {
public:
    static constexpr std::size_t max_group = 256;      // jobs per fsync
    static constexpr std::size_t max_waiting = 16384;  // jobs in the queue; more are refused

    /// Told of an exception that left a job or an effect: a bug. `what` is for the log only.
    using BugReport = std::function<void(std::string_view what)>;

    explicit WriteLane(Database& database, BugReport report_bug = {});
    ~WriteLane();  // finishes what was accepted
    WriteLane(const WriteLane&) = delete;
    WriteLane& operator=(const WriteLane&) = delete;

    /// Thread-safe. False when the queue is full or the lane is stopping: answer "unavailable".
    [[nodiscard]] bool submit(WriteJob job);

private:
    class State;
    std::unique_ptr<State> state_;
};

/// One transaction on the lane, waited for: as run_write, for threads that work in the background.
/// `work` may run more than once. Errors: unavailable (the lane is full or stopping), those of
/// WriteJob::done, and `work`'s own.
template <class Work>
[[nodiscard]] auto run_on_lane(WriteLane& lane, const Work& work)
    -> std::invoke_result_t<const Work&, WriteTransaction&> {
    std::optional<std::invoke_result_t<const Work&, WriteTransaction&>> answer;
    Result<void> durable;
    std::latch finished(1);
    const bool accepted =
        lane.submit({.run = [&](WriteGroup& group) { answer = write_in(group, work); },
                     .done =
                         [&](Result<void> kept, AnswerBatch&) {
                             durable = std::move(kept);
                             finished.count_down();
                         }});
    if (!accepted) {
        return fail(ErrorCode::unavailable, "The server is busy.", "the write lane is full");
    }
    finished.wait();
    TRY(std::move(durable));
    return std::move(*answer);
}

}  // namespace latchkey::database
