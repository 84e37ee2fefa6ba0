#pragma once

// Threads for what waits: calls to Latchkey block, and the server's event loops must not.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace latchkey::storefront {

class Workers {
public:
    using Job = std::move_only_function<void()>;
    static constexpr std::size_t max_waiting = 256;

    explicit Workers(unsigned threads);
    /// Finishes what was accepted.
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// False when too many jobs wait: answer "try again". Thread-safe.
    [[nodiscard]] bool submit(Job job);

private:
    void work();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;    // guarded by mutex_
    bool is_ending_ = false;  // guarded by mutex_
    std::vector<std::thread> threads_;
};

}  // namespace latchkey::storefront
