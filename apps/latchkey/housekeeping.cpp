#include "apps/latchkey/housekeeping.hpp"

#include <malloc.h>

namespace latchkey::app {
namespace {

/// More than what a steady load leaves free between two requests.
constexpr std::size_t much_free_bytes = std::size_t{4} << 20U;

/// What a burst has used stays in the allocator, pages and all, until it is told: thousands of
/// connections that are closed again would look like a leak.
Result<void> give_back_memory(const jobs::Round& /*round*/) {
    if (::mallinfo2().fordblks > much_free_bytes) ::malloc_trim(0);
    return {};
}

}  // namespace

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
    chores.push_back({"memory", give_back_memory});
    return std::make_unique<jobs::Upkeep>(
        services,
        jobs::Worker::Options{.name = "housekeeping",
                              .interval = housekeeping_interval,
                              .first_round = jobs::Worker::FirstRound::after_interval},
        std::move(chores));
}

}  // namespace latchkey::app
