#pragma once

// One thread at a time, in the order in which they came, and a limit on how long they wait. The
// order matters: a lane that is always busy would otherwise take it again before the
// checkpointer wakes, and the log would grow for as long.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>

namespace latchkey::sqlite {

class FairMutex {
public:
    /// False: it was somebody else's for all that time.
    [[nodiscard]] bool take(std::chrono::milliseconds limit) {
        std::unique_lock lock(mutex_);
        const std::uint64_t ticket = next_ticket_++;
        waiting_.push_back(ticket);
        const bool taken =
            changed_.wait_for(lock, limit, [&] { return !taken_ && waiting_.front() == ticket; });
        std::erase(waiting_, ticket);
        taken_ = taken_ || taken;
        if (!taken) changed_.notify_all();  // the next in the order may be free to go
        return taken;
    }
    void give_back() noexcept {
        {
            const std::lock_guard lock(mutex_);
            taken_ = false;
        }
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    // All below: guarded by mutex_.
    std::deque<std::uint64_t> waiting_;  // tickets, in their order
    std::uint64_t next_ticket_ = 0;
    bool taken_ = false;
};

}  // namespace latchkey::sqlite
