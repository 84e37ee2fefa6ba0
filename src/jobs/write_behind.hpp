#pragma once

// Notes that wait in memory until they are written, so that whoever notes something does not write
// it: "this app read at 12:03". What is noted about the same thing twice is one note.

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/thread_number.hpp"
#include "database/transaction.hpp"

namespace latchkey::jobs {

/// Notes that one transaction writes.
inline constexpr std::size_t notes_a_step = 500;

/// Thread-safe: threads note apart from each other, and writing brings it together. It must outlive
/// the groups of the transactions that it wrote in.
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
        Part& part = parts_[thread_number() % parts];
        const std::lock_guard lock(part.mutex);
        const auto found = part.waiting.find(key);
        if (found != part.waiting.end()) return rules_.fold(found->second, value);
        if (waiting_.load(std::memory_order_relaxed) >= rules_.max_waiting) return;
        part.waiting.emplace(key, value);
        waiting_.fetch_add(1, std::memory_order_relaxed);
    }

    /// Writes up to notes_a_step, which are forgotten once they are durable; how many. As many
    /// mean that more may wait.
    [[nodiscard]] Result<std::int64_t> write(database::WriteTransaction& tx) {
        std::vector<Note> step = first_notes();
        for (const auto& [key, value] : folded(step)) TRY(rules_.write(tx, key, value));
        const auto written = static_cast<std::int64_t>(step.size());
        if (written > 0) tx.after_commit([this, step = std::move(step)] { forget(step); });
        return written;
    }

private:
    using Note = std::pair<Key, Value>;

    /// What some of the threads have noted. Aligned, so that no two share a line of the cache.
    struct alignas(64) Part {
        std::mutex mutex;
        std::map<Key, Value> waiting;  // guarded by mutex
    };
    static constexpr std::size_t parts = 16;

    std::vector<Note> first_notes() {
        std::vector<Note> notes;
        for (Part& part : parts_) {
            const std::lock_guard lock(part.mutex);
            const auto count = std::min(part.waiting.size(), notes_a_step - notes.size());
            const auto first = part.waiting.begin();
            notes.insert(notes.end(), first, std::next(first, static_cast<std::ptrdiff_t>(count)));
        }
        return notes;
    }
    /// Threads may have noted something about the same.
    [[nodiscard]] std::map<Key, Value> folded(const std::vector<Note>& notes) const {
        std::map<Key, Value> one_each;
        for (const auto& [key, value] : notes) {
            const auto [found, is_first] = one_each.emplace(key, value);
            if (!is_first) rules_.fold(found->second, value);
        }
        return one_each;
    }
    /// What was noted anew meanwhile stays.
    void forget(const std::vector<Note>& written) {
        for (Part& part : parts_) {
            const std::lock_guard lock(part.mutex);
            for (const auto& [key, value] : written) {
                const auto found = part.waiting.find(key);
                if (found == part.waiting.end() || !(found->second == value)) continue;
                part.waiting.erase(found);
                waiting_.fetch_sub(1, std::memory_order_relaxed);
            }
        }
    }

    Rules rules_;
    std::array<Part, parts> parts_;
    std::atomic<std::size_t> waiting_{0};  // in all of them
};

}  // namespace latchkey::jobs
