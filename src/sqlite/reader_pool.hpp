#pragma once

// One reading connection per thread and Database, found without a lock.

#include <memory>
#include <mutex>
#include <vector>

#include "base/result.hpp"
#include "sqlite/connection.hpp"

namespace latchkey::sqlite {

class ReaderPool : public std::enable_shared_from_this<ReaderPool> {
public:
    explicit ReaderPool(ConnectionOptions options) : options_(std::move(options)) {}

    /// The calling thread's connection, opened at its first call. It closes with the thread or
    /// with the pool, whichever ends first.
    [[nodiscard]] Result<Connection*> connection_of_this_thread();

private:
    friend class ThreadReaders;
    void close(const Connection* connection);

    ConnectionOptions options_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> connections_;  // guarded by mutex_
};

}  // namespace latchkey::sqlite
