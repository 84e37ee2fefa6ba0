#include "people/app_reads.hpp"

#include "store/connections.hpp"

namespace latchkey::people {

void AppReads::note(UserId user_id, ClientId client_id, Timestamp now) {
    const std::lock_guard lock(mutex_);
    const std::pair connection(user_id, client_id);
    const auto known = reads_.find(connection);
    if (known != reads_.end()) {
        if (now - known->second >= app_read_resolution) known->second = now;
        return;
    }
    if (reads_.size() < max_waiting_app_reads) reads_.emplace(connection, now);
}

Result<void> AppReads::write(database::Database& database) {
    Reads reads;
    {
        const std::lock_guard lock(mutex_);
        reads.swap(reads_);
    }
    if (reads.empty()) return {};
    const auto written = [&]() -> Result<void> {
        const auto tx = TRY(database.write());
        for (const auto& [connection, at] : reads) {
            TRY(store::note_read(*tx, connection.first, connection.second, at));
        }
        return tx->commit();
    }();
    if (!written) {
        const std::lock_guard lock(mutex_);
        reads_.merge(reads);
    }
    return written;
}

}  // namespace latchkey::people
