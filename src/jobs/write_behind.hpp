#pragma once

// Notes that wait in memory until they are written, so that whoever notes something does not write
// it: "this app read at 12:03". What is noted about the same thing twice is one note.

#include <algorithm>
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "database/transaction.hpp"

namespace latchkey::jobs {

/// Notes that one transaction writes.
inline constexpr std::size_t notes_a_step = 500;

/// Thread-safe. It must outlive the groups of the transactions that it wrote in.
template <class Key, class Value>
class WriteBehind {
public:
    struct Rules {
        std::size_t max_waiting;  // more are left out until those are written
        /// What becomes of a note when the next one about the same comes. It may have been written
        /// already: notes say what is so ("last at 12:03"), not what is to be added.
        void (*fold)(Value& noted, const Value& next);
        Result<void> (*write)(database::WriteTransaction& tx, const Key& key, const Value& value);
    };

    explicit WriteBehind(Rules rules) noexcept : rules_(rules) {}
    WriteBehind(const WriteBehind&) = delete;
    WriteBehind& operator=(const WriteBehind&) = delete;

    void note(const Key& key, const Value& value) {
        const std::lock_guard lock(mutex_);
        const auto found = waiting_.find(key);
        if (found != waiting_.end()) return rules_.fold(found->second, value);
        if (waiting_.size() < rules_.max_waiting) waiting_.emplace(key, value);
    }

    /// Writes up to notes_a_step, which are forgotten once they are durable; how many. As many
    /// mean that more may wait.
    [[nodiscard]] Result<std::int64_t> write(database::WriteTransaction& tx) {
        std::vector<Note> step = first_notes();
        for (const auto& [key, value] : step) TRY(rules_.write(tx, key, value));
        const auto written = static_cast<std::int64_t>(step.size());
        if (written > 0) tx.after_commit([this, step = std::move(step)] { forget(step); });
        return written;
    }

private:
    using Note = std::pair<Key, Value>;

    std::vector<Note> first_notes() {
        const std::lock_guard lock(mutex_);
        const auto count = std::min(waiting_.size(), notes_a_step);
        return {waiting_.begin(), std::next(waiting_.begin(), static_cast<std::ptrdiff_t>(count))};
    }
    /// What was noted anew meanwhile stays.
    void forget(const std::vector<Note>& written) {
        const std::lock_guard lock(mutex_);
        for (const auto& [key, value] : written) {
            const auto found = waiting_.find(key);
            if (found != waiting_.end() && found->second == value) waiting_.erase(found);
        }
    }

    Rules rules_;
    std::mutex mutex_;
    std::map<Key, Value> waiting_;
};

}  // namespace latchkey::jobs
