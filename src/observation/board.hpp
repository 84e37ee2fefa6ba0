#pragma once

// What a server has done since it started, added up when somebody asks. Each loop counts its own
// requests; nothing is shared between them.

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <tuple>
#include <vector>

#include "http/observer.hpp"
#include "observation/counter.hpp"
#include "observation/statements.hpp"

namespace latchkey::observation {

struct RouteTotals {
    std::array<std::uint64_t, 6> by_class{};  // [2]: answered 2xx. [0]: what is no status
    std::uint64_t response_bytes = 0;
    std::uint64_t ran_again = 0;  // requests whose work ran more than once
    Durations durations{};

    [[nodiscard]] std::uint64_t requests() const noexcept;
};

/// The pattern (empty: no route, or no request) and the method.
using RouteName = std::tuple<std::string_view, http::Method>;

struct Totals {
    std::uint64_t started = 0;
    std::uint64_t finished = 0;
    std::uint64_t unheard = 0;  // of the finished: nobody took the answer
    Durations queue_times{};    // of what waited for the store
    std::map<RouteName, RouteTotals> routes;
    StatementCounts statements;

    [[nodiscard]] std::uint64_t in_flight() const noexcept { return started - finished; }
};

class Board {
public:
    Board();
    ~Board();
    Board(const Board&) = delete;
    Board& operator=(const Board&) = delete;

    /// For a loop (http::ChainOptions::observers). What it has counted stays when it goes. The
    /// board outlives it.
    [[nodiscard]] std::unique_ptr<http::Observer> make_observer();
    /// For a driver, which then times its statements.
    [[nodiscard]] database::StatementObserver& statements() noexcept { return statements_; }

    /// Any thread's, at any time. Of a request in the middle some numbers may be there already.
    [[nodiscard]] Totals totals() const;

private:
    class LoopCounts;
    class LoopObserver;

    Statements statements_;
    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<LoopCounts>> loops_;  // guarded by mutex_
};

}  // namespace latchkey::observation
