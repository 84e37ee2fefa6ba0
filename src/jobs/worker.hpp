#pragma once

// A thread that does a round, waits, and does the next. A round that fails is logged and tried
// again: after the interval, and after more of them when it keeps failing, up to a minute.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

#include "base/log.hpp"
#include "base/result.hpp"

namespace latchkey::jobs {

class Worker {
public:
    enum class Next : std::uint8_t {
        at_once,  // there may be more to do
        later,    // after the interval, or when woken
    };
    using Round = std::function<Result<Next>(const std::stop_token& stop)>;

    enum class FirstRound : std::uint8_t { at_once, after_interval };
    struct Options {
        Literal name;  // of the thread, as the system shows it: 15 characters at most
        std::chrono::milliseconds interval;
        FirstRound first_round = FirstRound::at_once;
    };

    Worker(Options options, Log& log, Round round);
    ~Worker() { stop(); }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void start();
    /// There is something to do: the next round begins now. Thread-safe, also after stop().
    void wake() noexcept;
    /// Waits for the round that is under way, which is told to stop.
    void stop() noexcept;

private:
    void run(const std::stop_token& stop);
    [[nodiscard]] Result<Next> try_round(const std::stop_token& stop);
    void wait(const std::stop_token& stop, std::chrono::milliseconds time);

    Options options_;
    Log& log_;
    Round round_;
    std::mutex mutex_;
    std::condition_variable_any woken_;
    bool is_woken_ = false;  // guarded by mutex_
    std::jthread thread_;
};

}  // namespace latchkey::jobs
