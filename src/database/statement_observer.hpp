#pragma once

// The seam for whoever counts and times statements. A driver reports each statement that it has
// run, where somebody observes it; else it costs one branch.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.hpp"

namespace latchkey::database {

/// One run of a statement, from its first step to its end.
struct StatementReport {
    std::string_view text;  // the literal: the same address for the same statement
    std::chrono::nanoseconds
        duration;                    // inside the engine; for a cursor, without its reader's time
    std::int64_t rows = 0;           // that it changed, or that were read of it
    std::optional<ErrorCode> error;  // absent: it did what it was to do
};

class StatementObserver {
public:
    StatementObserver() = default;
    StatementObserver(const StatementObserver&) = delete;
    StatementObserver& operator=(const StatementObserver&) = delete;
    virtual ~StatementObserver() = default;
    /// On the thread that ran it, any of them, in the middle of a transaction: quick, and without
    /// a call of the store.
    virtual void observe(const StatementReport& report) noexcept = 0;
};

}  // namespace latchkey::database
