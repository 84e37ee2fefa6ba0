#pragma once

// What is done by itself, now and then, as a list: one that fails is logged, and the others go on.

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

#include "base/log.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"
#include "database/write_lane.hpp"
#include "jobs/worker.hpp"

namespace latchkey::jobs {

/// What a chore works with.
struct Round {
    database::Database& database;
    database::WriteLane& lane;
    Timestamp now;
    std::stop_token stop;
};

struct Chore {
    enum class AtTheEnd : std::uint8_t { is_left, is_done };

    Literal name;
    std::function<Result<void>(const Round&)> run;
    AtTheEnd at_the_end = AtTheEnd::is_left;  // once more, when the server stops
};

/// One transaction; how much it did.
using Step = std::function<Result<std::int64_t>(database::WriteTransaction& tx, Timestamp now)>;
/// Takes steps on the write lane, each waited for, while one does as much as `full`: then there is
/// more to do. Ends early when the round is told to stop.
[[nodiscard]] Result<void> run_steps(const Round& round, std::int64_t full, const Step& step);

/// A worker that does all chores of a list in each round.
class Upkeep {
public:
    struct Services {
        database::Database& database;
        database::WriteLane& lane;
        const Clock& clock;
        Log& log;
    };
    Upkeep(Services services, Worker::Options options, std::vector<Chore> chores);
    ~Upkeep() { stop(); }
    Upkeep(const Upkeep&) = delete;
    Upkeep& operator=(const Upkeep&) = delete;

    /// Without it, do_chores() can be called by hand (tests do).
    void start() { worker_.start(); }
    /// Stops the thread and does what is done at the end. The lane must still be there.
    void stop() noexcept;
    /// One round.
    void do_chores(const std::stop_token& stop = {});

private:
    void run(const Chore& chore, const std::stop_token& stop);

    Services services_;
    std::vector<Chore> chores_;
    bool has_ended_ = false;
    Worker worker_;
};

}  // namespace latchkey::jobs
