#pragma once

// Copies the write-ahead log back into the data file, on a thread of its own, so that no commit
// waits for it; and bounds the log when writers outrun it.

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "sqlite/connection.hpp"
#include "sqlite/writer.hpp"

namespace latchkey::sqlite {

class Checkpointer {
public:
    /// Pages in the log at which a pass starts: 16 MiB.
    static constexpr int start_pages = 4096;
    /// How much the log grows between passes that could not empty it.
    static constexpr int step_pages = 2048;
    /// Past this (64 MiB) a pass holds writers back for as long as its last frames take.
    static constexpr int limit_pages = 16384;

    Checkpointer(std::unique_ptr<Connection> connection, Writer& writer);
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

private:
    static int on_commit(void* self, sqlite3* connection, const char* name, int pages);
    void note_log_size(int pages);
    void run();
    void pass();

    std::unique_ptr<Connection> connection_;
    Writer& writer_;
    int last_pages_ = 0;  // the writing thread's alone
    std::atomic<int> trigger_pages_ = start_pages;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool due_ = false;       // guarded by mutex_
    bool stopping_ = false;  // guarded by mutex_
    std::thread thread_;
};

}  // namespace latchkey::sqlite
