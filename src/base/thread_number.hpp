#pragma once

// A small number for each thread, for what has a part for each of them: threads that have parts of
// their own do not wait for each other.

#include <atomic>
#include <cstddef>

namespace latchkey {

/// Counted from 0 in the order in which threads first ask. Of a thread that ended it is not used
/// again.
[[nodiscard]] inline std::size_t thread_number() noexcept {
    static std::atomic<std::size_t> count{0};
    thread_local const std::size_t number = count.fetch_add(1, std::memory_order_relaxed);
    return number;
}

}  // namespace latchkey
