#pragma once

// One thread at a time, and a limit on how long the others wait. What std::timed_mutex does; but
// ThreadSanitizer does not know the call by which that waits, and this can be checked by it.

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace latchkey::sqlite {

class Turn {
public:
    /// False: it was somebody else's for all that time.
    [[nodiscard]] bool take(std::chrono::milliseconds limit) {
        std::unique_lock lock(mutex_);
        if (!free_.wait_for(lock, limit, [this] { return !taken_; })) return false;
        taken_ = true;
        return true;
    }
    void give_back() noexcept {
        {
            const std::lock_guard lock(mutex_);
            taken_ = false;
        }
        free_.notify_one();
    }

private:
    std::mutex mutex_;
    std::condition_variable free_;
    bool taken_ = false;  // guarded by mutex_
};

}  // namespace latchkey::sqlite
