#pragma once

// Group commit: concurrent writers share one fsync. Jobs that write run one after the other on
// the lane's thread; while the disk works, the next group gathers. A job's `done` runs after the
// group is durable, so no answer leaves before its data is safe.
//
// Nearly every job commits what it wrote, so a group first runs without nested transactions, which
// would cost each job a fifth of its work. When one does not commit, all that the group did is
// rolled back, and its jobs run once more, each in a nested transaction.

#include <cstddef>
#include <functional>
#include <memory>

#include "base/result.hpp"
#include "database/database.hpp"

namespace latchkey::database {

struct WriteJob {
    /// Domain work; opens write transactions as usual. const, as it may run twice: what the first
    /// time wrote is undone, and what it answered is replaced.
    std::move_only_function<void() const> run;
    /// Called on the lane's thread. An error means nothing of the group was kept, and `run`'s
    /// answer must not be used. Codes: storage_full, storage_failed, unavailable.
    std::move_only_function<void(Result<void> durable)> done;
};

/// Called on the lane's thread before the `done`s of a group. What it returns goes after the last.
using BeginAnswers = std::function<std::shared_ptr<const void>()>;

class WriteLane {
public:
    static constexpr std::size_t max_group = 256;      // jobs per fsync
    static constexpr std::size_t max_waiting = 16384;  // jobs in the queue; more are refused

    explicit WriteLane(Database& database, BeginAnswers begin_answers = {});
    ~WriteLane();  // finishes what was accepted
    WriteLane(const WriteLane&) = delete;
    WriteLane& operator=(const WriteLane&) = delete;

    /// Thread-safe. False when the queue is full or the lane is stopping: answer "unavailable".
    [[nodiscard]] bool submit(WriteJob job);

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace latchkey::database
