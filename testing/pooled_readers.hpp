#pragma once

// Readers as a store behind a network has them: every read waits for a thread of the pool, which
// here works when the test says so.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>

#include "database/readers.hpp"

namespace latchkey::testing {

class PooledReaders final : public database::Readers {
public:
    explicit PooledReaders(database::Database& database)
        : Readers(nullptr), database_(database), thread_([this] { run(); }) {}
    ~PooledReaders() override {
        {
            const std::scoped_lock lock(mutex_);
            is_stopping_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }
    PooledReaders(const PooledReaders&) = delete;
    PooledReaders& operator=(const PooledReaders&) = delete;

    std::unique_ptr<database::ReadTransaction> begin_batch() override { return nullptr; }

    /// What waits now, and what comes, is read.
    void open() {
        {
            const std::scoped_lock lock(mutex_);
            is_open_ = true;
        }
        changed_.notify_all();
    }
    /// What waits is dropped, as by a pool that has too much to do.
    void drop() {
        std::deque<Job> dropped;
        const std::scoped_lock lock(mutex_);
        dropped.swap(waiting_);
    }
    void wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_.size() >= count; });
    }

private:
    void submit(Job job) override {
        {
            const std::scoped_lock lock(mutex_);
            waiting_.push_back(std::move(job));
        }
        changed_.notify_all();
    }
    void run() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [&] { return is_stopping_ || (is_open_ && !waiting_.empty()); });
            if (is_stopping_) return;
            Job job = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            read(std::move(job));
            lock.lock();
        }
    }
    void read(Job job) {
        const auto tx = database_.read();
        job(tx ? Result<database::ReadTransaction*>(tx->get()) : Failure(tx.error()));
    }

    database::Database& database_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> waiting_;   // guarded by mutex_
    bool is_open_ = false;      // guarded by mutex_
    bool is_stopping_ = false;  // guarded by mutex_
    std::thread thread_;
};

}  // namespace latchkey::testing
