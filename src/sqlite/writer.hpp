#pragma once

// The one writing connection, and whose it is: one write group's at a time.

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>

#include "base/result.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/fair_mutex.hpp"

namespace latchkey::sqlite {

class Writer {
public:
    Writer(std::unique_ptr<Connection> connection, std::chrono::milliseconds busy_limit) noexcept
        : connection_(std::move(connection)), busy_limit_(busy_limit) {}

    /// Waits until the connection is free and begins a transaction on it: until give_back() it is
    /// the caller's. Errors: unavailable (another one had it for all the busy limit), internal
    /// (this thread has it, and would wait for itself).
    [[nodiscard]] Result<void> take();
    /// When the transaction has ended.
    void give_back() noexcept;

    /// Runs `work` while no transaction of this process writes; false if one took too long.
    template <class Work>
    [[nodiscard]] bool while_idle(Work work) {
        if (!mutex_.take(busy_limit_)) return false;
        work();
        mutex_.give_back();
        return true;
    }

    [[nodiscard]] Connection& connection() noexcept { return *connection_; }

private:
    std::unique_ptr<Connection> connection_;
    std::chrono::milliseconds busy_limit_;
    FairMutex mutex_;  // taken from take() to give_back()
    // Who took it: only to tell a thread that would wait for itself.
    std::atomic<std::thread::id> taken_by_{};
};

}  // namespace latchkey::sqlite
