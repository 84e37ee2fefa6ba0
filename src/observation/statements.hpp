#pragma once

// What the store runs, by statement and by the route of the request that it runs for. Each thread
// counts in a table of its own, which it finds without a lock after its first statement.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "database/statement_observer.hpp"
#include "observation/counter.hpp"
#include "observation/table.hpp"

namespace latchkey::observation {

enum class Timing : std::uint8_t { off, on };

struct StatementTotals {
    std::uint64_t runs = 0;
    std::uint64_t errors = 0;
    std::uint64_t rows = 0;
    std::uint64_t microseconds = 0;
};
/// By route (empty: for no request) and text.
using StatementCounts = std::map<std::pair<std::string_view, std::string_view>, StatementTotals>;

class Statements final : public database::StatementObserver {
public:
    Statements();
    ~Statements() override;

    void observe(const database::StatementReport& report) noexcept override;
    [[nodiscard]] StatementCounts totals() const;

private:
    struct Row {
        Counter runs, errors, rows, nanoseconds;
    };
    using Counts = Table<Row, 1024>;

    [[nodiscard]] Counts& of_this_thread() noexcept;

    const std::uint64_t number_;  // of all that there have been: tells whose a thread's table is
    mutable std::mutex mutex_;
    std::vector<std::unique_ptr<Counts>> threads_;  // guarded by mutex_
};

}  // namespace latchkey::observation
