#pragma once

// One request on its way through the chain: what the layers know of it. Whoever received the
// request keeps it until the answer is written: a connection has one, for each request in turn.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/cookies.hpp"
#include "http/error_response.hpp"
#include "http/trace_context.hpp"

namespace latchkey::http {

using TimePoint = std::chrono::steady_clock::time_point;
using Nanoseconds = std::chrono::nanoseconds;

/// Whether what a request handed over may still run. The loop that waits and the thread that runs
/// agree by it, since one of them may be late: what has begun is waited for, what has not may be
/// taken back, and then it never runs, although it stays in its queue.
class Turn {
public:
    using Number = std::uint64_t;

    /// The loop's: a new request, which nobody has handed over.
    void begin() noexcept { claim_.store(waiting(++number_), std::memory_order_relaxed); }
    [[nodiscard]] Number number() const noexcept { return number_; }
    /// The loop's. False: it has begun.
    [[nodiscard]] bool take_back() noexcept {
        Number expected = waiting(number_);
        return claim_.compare_exchange_strong(expected, taken_back);
    }
    /// The runner's, each time it runs. False: it was taken back, and another request may be here.
    [[nodiscard]] bool claim(Number number) noexcept {
        Number found = waiting(number);
        return claim_.compare_exchange_strong(found, running(number)) || found == running(number);
    }
    /// The runner's: what it began goes on elsewhere, and until then it can be taken back.
    void wait_again(Number number) noexcept { claim_.store(waiting(number)); }

private:
    static constexpr Number taken_back = 0;
    static constexpr Number waiting(Number number) noexcept { return 2 * number; }
    static constexpr Number running(Number number) noexcept { return 2 * number + 1; }

    Number number_ = 0;
    std::atomic<Number> claim_{taken_back};
};

struct Exchange {
    // The chain's, on the way in.
    TimePoint started;
    TimePoint deadline;                      // for the store to begin with it
    std::optional<TraceContext> trace;       // absent: the client brought none
    Transport transport = Transport::https;  // the chain's, unless the host has its own
    std::string request_id;  // ours, or the client's X-Request-Id if it is well formed

    // The router's.
    std::string_view route;                   // the pattern that matched; empty: none
    ErrorShape error_shape = error_response;  // of what is refused without the route's doing

    // The loop's, once the request is handed over and cannot be answered at once.
    std::optional<TimePoint> handed_over;
    Turn turn;

    // The runner's; the loop reads it when the answer has come.
    Nanoseconds queue_time{};  // until it ran first
    Nanoseconds run_time{};    // of all its runs
    unsigned runs = 0;         // more than once: others spoiled its group
    unsigned statements = 0;   // that the store has run for it
};

/// While it lives, what this thread does is done for `exchange`: statements are reported by the
/// thread that runs them. It is for whoever counts, and decides nothing.
class Running {
public:
    explicit Running(Exchange& exchange) noexcept : before_(here_) { here_ = &exchange; }
    ~Running() { here_ = before_; }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    /// Null: nothing that belongs to a request.
    [[nodiscard]] static Exchange* here() noexcept { return here_; }

private:
    static inline thread_local Exchange* here_ = nullptr;
    Exchange* before_;
};

}  // namespace latchkey::http
