#include "jobs/worker.hpp"

#include <pthread.h>

#include <algorithm>
#include <array>
#include <exception>
#include <string>
#include <utility>

#include "jobs/backoff.hpp"

namespace latchkey::jobs {
namespace {

constexpr std::array failure_waits = {Seconds(0), Seconds(5), Seconds(15), Seconds(60)};
constexpr Backoff after_failures(failure_waits);

}  // namespace

Worker::Worker(Options options, Log& log, Round round)
    : options_(options), log_(log), round_(std::move(round)) {}

void Worker::start() {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void Worker::wake() noexcept {
    {
        const std::lock_guard lock(mutex_);
        is_woken_ = true;
    }
    woken_.notify_one();
}

void Worker::stop() noexcept {
    if (!thread_.joinable()) return;
    thread_.request_stop();
    thread_.join();
}

void Worker::run(const std::stop_token& stop) {
    // A name is for people who look at the threads: where it is refused, it is missing.
    (void)::pthread_setname_np(::pthread_self(), std::string(options_.name.view()).c_str());
    if (options_.first_round == FirstRound::after_interval) wait(stop, options_.interval);
    for (std::int64_t failures = 0; !stop.stop_requested();) {
        const auto next = try_round(stop);
        failures = next ? 0 : failures + 1;
        if (next && *next == Next::at_once) continue;
        const std::chrono::milliseconds longer = after_failures.shortest(failures);
        wait(stop, next ? options_.interval : std::max(options_.interval, longer));
    }
}

Result<Worker::Next> Worker::try_round(const std::stop_token& stop) {
    auto next = [&]() -> Result<Next> {
        try {
            return round_(stop);
        } catch (const std::exception& bug) {
            return fail(ErrorCode::internal, "Internal error.", bug.what());
        }
    }();
    if (!next) {
        log_.write(LogLevel::error, "worker.failed",
                   {{"worker", options_.name.view()},
                    {"code", to_string(next.error().code)},
                    {"detail", next.error().detail}});
    }
    return next;
}

void Worker::wait(const std::stop_token& stop, std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, stop, time, [this] { return is_woken_; });
    is_woken_ = false;
}

}  // namespace latchkey::jobs
