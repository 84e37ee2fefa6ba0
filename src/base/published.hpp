#pragma once

// A value that many threads read without a lock and that is now and then replaced as a whole.

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace latchkey {

/// What was read stays valid for as long as this lives: former values are kept, so it is for what
/// changes a few times in the life of a process.
template <class T>
class Published {
public:
    Published() { publish(T{}); }
    Published(const Published&) = delete;
    Published& operator=(const Published&) = delete;

    [[nodiscard]] const T& get() const noexcept {
        return *current_.load(std::memory_order_acquire);
    }
    void publish(T next) {
        const std::lock_guard lock(mutex_);
        kept_.push_back(std::make_unique<const T>(std::move(next)));
        current_.store(kept_.back().get(), std::memory_order_release);
    }

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<const T>> kept_;
    std::atomic<const T*> current_{nullptr};
};

}  // namespace latchkey
