#include "jobs/chores.hpp"

#include <exception>
#include <utility>

namespace latchkey::jobs {

Result<void> run_steps(const Round& round, std::int64_t full, const Step& step) {
    for (std::int64_t done = full; done >= full && !round.stop.stop_requested();) {
        done = TRY(database::run_on_lane(
            round.lane, [&](database::WriteTransaction& tx) { return step(tx, round.now); }));
    }
    return {};
}

Upkeep::Upkeep(Services services, Worker::Options options, std::vector<Chore> chores)
    : services_(services),
      chores_(std::move(chores)),
      worker_(options, services.log, [this](const std::stop_token& stop) -> Result<Worker::Next> {
          do_chores(stop);
          return Worker::Next::later;
      }) {}

void Upkeep::stop() noexcept {
    worker_.stop();
    if (std::exchange(has_ended_, true)) return;
    for (const Chore& chore : chores_) {
        if (chore.at_the_end == Chore::AtTheEnd::is_done) run(chore, {});
    }
}

void Upkeep::do_chores(const std::stop_token& stop) {
    for (const Chore& chore : chores_) {
        if (stop.stop_requested()) return;
        run(chore, stop);
    }
}

void Upkeep::run(const Chore& chore, const std::stop_token& stop) {
    const Round round{services_.database, services_.lane, services_.clock.now(), stop};
    const auto done = [&]() -> Result<void> {
        try {
            return chore.run(round);
        } catch (const std::exception& bug) {
            return fail(ErrorCode::internal, "Internal error.", bug.what());
        }
    }();
    if (done) return;
    services_.log.write(LogLevel::error, "chore.failed",
                        {{"chore", chore.name.view()},
                         {"code", to_string(done.error().code)},
                         {"detail", done.error().detail}});
}

}  // namespace latchkey::jobs
