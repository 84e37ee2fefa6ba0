#include "apps/latchkey/housekeeping.hpp"

namespace latchkey::app {

std::unique_ptr<jobs::Upkeep> make_housekeeping(jobs::Upkeep::Services services,
                                                people::AppReads& app_reads,
                                                const store::Retention& retention) {
    std::vector<jobs::Chore> chores = jobs::sweeping(retention);
    const auto write = [&app_reads](database::WriteTransaction& tx, Timestamp) {
        return app_reads.write(tx);
    };
    chores.insert(chores.begin(), {"app_reads.write",
                                   [write](const jobs::Round& round) {
                                       return run_steps(round, jobs::notes_a_step, write);
                                   },
                                   jobs::Chore::AtTheEnd::is_done});
    return std::make_unique<jobs::Upkeep>(
        services,
        jobs::Worker::Options{.name = "housekeeping",
                              .interval = housekeeping_interval,
                              .first_round = jobs::Worker::FirstRound::after_interval},
        std::move(chores));
}

}  // namespace latchkey::app
