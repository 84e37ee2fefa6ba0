#pragma once

// Reports one run of a statement to the observer. Without one, none of it reads the time.

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/time/clock.hpp"
#include "database/statement.hpp"
#include "database/statement_observer.hpp"

namespace latchkey::sqlite {

class StatementTimer {
public:
    /// `observer`: null for none.
    explicit StatementTimer(database::StatementObserver* observer) : observer_(observer) {
        if (observer_ != nullptr) start_ = monotonic_now();
    }

    void succeeded(database::Sql sql, std::int64_t rows) const {
        if (observer_ != nullptr) report(sql, rows, std::nullopt);
    }
    void failed(database::Sql sql, ErrorCode code) const {
        if (observer_ != nullptr) report(sql, 0, code);
    }

private:
    void report(database::Sql sql, std::int64_t rows, std::optional<ErrorCode> error) const {
        observer_->observe({.text = sql.text(),
                            .duration = monotonic_now() - start_,
                            .rows = rows,
                            .error = error});
    }

    database::StatementObserver* observer_;
    std::chrono::steady_clock::time_point start_;
};

}  // namespace latchkey::sqlite
