#include "database/run_write.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <thread>

#include "base/time/clock.hpp"

namespace latchkey::database {
namespace {

using std::chrono::microseconds;

constexpr microseconds first_pause{500};
constexpr microseconds longest_pause{50'000};

/// Doubling, and each time anything between a half and the whole of it, so that two writers who
/// met do not meet again. What the clock's last digits are is chance enough for that.
microseconds pause_after(int overtaken) {
    const int doublings = std::min(overtaken - 1, 16);
    const microseconds whole = std::min(longest_pause, first_pause * (1U << doublings));
    const auto ticks = static_cast<std::uint64_t>(monotonic_now().time_since_epoch().count());
    const std::uint64_t mixed = (ticks * 0x9E3779B97F4A7C15U) >> 32U;
    const auto half = static_cast<std::uint64_t>(whole.count() / 2);
    return microseconds(static_cast<std::int64_t>(half + mixed % (half + 1)));
}

/// One run of it: what became of it, and why.
struct Run {
    GroupState state = GroupState::broken;
    Result<void> kept;
};

Run run_once(Database& database, Isolation isolation, const GroupWork& work,
             const ThrownReport& report) {
    auto group = database.begin_group(isolation);
    if (!group) {
        const bool overtaken = group.error().code == ErrorCode::serialization_failure;
        return {overtaken ? GroupState::overtaken : GroupState::broken, Failure(group.error())};
    }
    work(**group);
    Result<void> kept = (*group)->commit();
    for (const std::exception_ptr& bug : (*group)->thrown()) report(bug);
    return {(*group)->state(), std::move(kept)};
}

}  // namespace

Result<void> run_group(Database& database, Isolation first, const GroupWork& work,
                       const ThrownReport& report) {
    Isolation isolation = first;
    for (int overtaken = 0;;) {
        Run run = run_once(database, isolation, work, report);
        switch (run.state) {
            case GroupState::sound:
            case GroupState::broken: return run.kept;
            case GroupState::spoiled:
                if (isolation == Isolation::isolated) return run.kept;
                isolation = Isolation::isolated;
                break;
            case GroupState::overtaken:
                if (++overtaken > max_overtaken) return run.kept;
                std::this_thread::sleep_for(pause_after(overtaken));
                break;
        }
    }
}

}  // namespace latchkey::database
