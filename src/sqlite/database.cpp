#include "sqlite/database.hpp"

#include <utility>

#include "sqlite/checkpointer.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/data_folder.hpp"
#include "sqlite/reader_pool.hpp"
#include "sqlite/snapshot.hpp"
#include "sqlite/write_group.hpp"
#include "sqlite/writer.hpp"

namespace latchkey::sqlite {
namespace {

// How long a checkpoint that must restart the log waits for a reader; writers wait with it.
constexpr std::chrono::milliseconds checkpoint_busy_limit{50};

class SqliteDatabase final : public database::Database {
public:
    SqliteDatabase(std::unique_ptr<Connection> writing, std::unique_ptr<Connection> checkpointing,
                   const ConnectionOptions& reading)
        : readers_(std::make_shared<ReaderPool>(reading)),
          writer_(std::move(writing), reading.busy_limit),
          checkpointer_(std::move(checkpointing), writer_) {}

    Result<std::unique_ptr<database::WriteGroup>> begin_group(
        database::Isolation isolation) override {
        TRY(writer_.take());
        return std::make_unique<WriteGroup>(writer_, isolation);
    }
    Result<std::unique_ptr<database::ReadTransaction>> read() override {
        Connection* connection = TRY(readers_->connection_of_this_thread());
        return open_snapshot(*connection);
    }

private:
    // Torn down from the bottom: the checkpointer first, the writer's connection, the readers.
    std::shared_ptr<ReaderPool> readers_;
    Writer writer_;
    Checkpointer checkpointer_;
};

}  // namespace

Result<std::unique_ptr<database::Database>> open(const Options& options) {
    ConnectionOptions connection{.file = options.folder / options.file_name,
                                 .busy_limit = options.busy_limit,
                                 .max_bytes = options.max_bytes,
                                 .role = Role::writer,
                                 .observer = options.observer};
    TRY(prepare_data_file(connection.file));
    auto writing = TRY(Connection::open(connection));
    connection.role = Role::checkpointer;
    connection.busy_limit = checkpoint_busy_limit;
    auto checkpointing = TRY(Connection::open(connection));
    connection.role = Role::reader;
    connection.busy_limit = options.busy_limit;
    return std::make_unique<SqliteDatabase>(std::move(writing), std::move(checkpointing),
                                            connection);
}

}  // namespace latchkey::sqlite
