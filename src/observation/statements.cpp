#include "observation/statements.hpp"

#include <atomic>

#include "http/exchange.hpp"

namespace latchkey::observation {
namespace {

std::uint64_t next_number() noexcept {
    static std::atomic<std::uint64_t> count{0};
    return ++count;
}

}  // namespace

Statements::Statements() : number_(next_number()) {}
Statements::~Statements() = default;

Statements::Counts& Statements::of_this_thread() noexcept {
    thread_local std::uint64_t owner = 0;
    thread_local Counts* counts = nullptr;
    if (owner != number_) {
        auto made = std::make_unique<Counts>();
        counts = made.get();
        owner = number_;
        const std::lock_guard lock(mutex_);
        threads_.push_back(std::move(made));
    }
    return *counts;
}

void Statements::observe(const database::StatementReport& report) noexcept {
    std::string_view route;
    if (http::Exchange* exchange = http::Running::here()) {
        route = exchange->route;
        ++exchange->statements;
    }
    Row& row = of_this_thread().at({.first = route, .second = report.text});
    row.runs.add(1);
    if (report.error) row.errors.add(1);
    row.rows.add(static_cast<std::uint64_t>(report.rows));
    row.nanoseconds.add(static_cast<std::uint64_t>(report.duration.count()));
}

StatementCounts Statements::totals() const {
    constexpr std::uint64_t nanoseconds_a_microsecond = 1000;
    StatementCounts counts;
    const std::lock_guard lock(mutex_);
    for (const auto& thread : threads_) {
        thread->each([&](const LiteralKey& key, const Row& row) {
            if (row.runs.value() == 0) return;
            StatementTotals& totals = counts[{key.first, key.second}];
            totals.runs += row.runs.value();
            totals.errors += row.errors.value();
            totals.rows += row.rows.value();
            totals.microseconds += row.nanoseconds.value() / nanoseconds_a_microsecond;
        });
    }
    return counts;
}

}  // namespace latchkey::observation
