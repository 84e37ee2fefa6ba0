#include "sqlite/reader_pool.hpp"

#include <algorithm>
#include <utility>

namespace latchkey::sqlite {

/// What one thread has open: an entry for each pool it reads from, almost always one.
class ThreadReaders {
public:
    ThreadReaders() = default;
    ThreadReaders(const ThreadReaders&) = delete;
    ThreadReaders& operator=(const ThreadReaders&) = delete;
    ~ThreadReaders() {
        for (const Entry& entry : entries_) {
            if (const auto pool = entry.pool.lock()) pool->close(entry.connection);
        }
    }

    /// Null when this thread has none of `pool`. A pool that is gone keeps its address reserved
    /// by the entry's weak pointer, so that no later pool can be mistaken for it.
    [[nodiscard]] Connection* find(const ReaderPool* pool) const noexcept {
        for (const Entry& entry : entries_) {
            if (entry.address == pool) return entry.connection;
        }
        return nullptr;
    }

    void add(const std::shared_ptr<ReaderPool>& pool, Connection* connection) {
        std::erase_if(entries_, [](const Entry& entry) { return entry.pool.expired(); });
        entries_.push_back({pool.get(), pool, connection});
    }

private:
    struct Entry {
        const ReaderPool* address;
        std::weak_ptr<ReaderPool> pool;
        Connection* connection;
    };
    std::vector<Entry> entries_;
};

Result<Connection*> ReaderPool::connection_of_this_thread() {
    thread_local ThreadReaders readers;
    if (Connection* connection = readers.find(this)) return connection;
    auto opened = TRY(Connection::open(options_));
    Connection* connection = opened.get();
    readers.add(shared_from_this(), connection);
    const std::lock_guard lock(mutex_);
    connections_.push_back(std::move(opened));
    return connection;
}

void ReaderPool::close(const Connection* connection) {
    std::unique_ptr<Connection> closing;  // closes after the lock is released
    const std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(connections_.begin(), connections_.end(),
                     [connection](const auto& owned) { return owned.get() == connection; });
    if (found == connections_.end()) return;
    closing = std::move(*found);
    connections_.erase(found);
}

}  // namespace latchkey::sqlite
