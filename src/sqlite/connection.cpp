#include "sqlite/connection.hpp"

#include <sqlite3.h>

#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "base/time/clock.hpp"
#include "sqlite/errors.hpp"
#include "sqlite/log_writes.hpp"
#include "sqlite/paced_writes.hpp"
#include "sqlite/page_cache.hpp"
#include "sqlite/statement_timer.hpp"

namespace latchkey::sqlite {
namespace {

// Page size 4096: the file system's block, so that a page is written whole, and the least that
// the WAL has to checksum and sync for a small change.
constexpr std::int64_t page_bytes = 4096;
constexpr std::chrono::milliseconds mode_retry_pause{10};
// How often a waiter looks whether the other process has committed. SQLite's own waiting grows to
// 100 ms a time, and between two groups of a busy server the store is free for far less: whoever
// waits so long hardly ever gets its turn.
constexpr std::chrono::microseconds busy_pause{300};

// cache_size is in KiB when negative. A reader's cache empties whenever a writer commits, so a
// small one does; the writer keeps the upper levels of every tree.
constexpr const char* reader_settings =
    "PRAGMA cache_size=-4096;"
    "PRAGMA query_only=ON;";
// wal_autocheckpoint=0: the checkpointer thread copies the log back, off the commit path.
// journal_size_limit (64 MiB): after a burst the log shrinks to this at its next restart, not
// below, as overwriting a log costs half the fdatasync of extending one.
constexpr const char* writer_settings =
    "PRAGMA cache_size=-8192;"
    "PRAGMA wal_autocheckpoint=0;"
    "PRAGMA journal_size_limit=67108864;";
constexpr const char* checkpointer_settings = "PRAGMA wal_autocheckpoint=0;";
// foreign_keys=OFF: the store deletes what belongs together itself, in one transaction; a check
// per row on the hot path would buy nothing, and a fleet's shards could not have it.
// mmap_size=0: a read error stays an error code; in a mapped file it would be SIGBUS.
constexpr const char* common_settings =
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=OFF;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA trusted_schema=OFF;"
    "PRAGMA cell_size_check=ON;"
    "PRAGMA mmap_size=0;";

/// What is set for the whole process can only be set before the library starts; when something else
/// of the process started it already, this has no effect and costs nothing but speed.
void configure_library() {
    static std::once_flag once;
    std::call_once(once, [] {
        // The count of its memory takes a lock that all connections share, at every allocation.
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        note_highest_pages();
        PacedWrites::install();
    });
}

const char* settings_of(Role role) {
    switch (role) {
        case Role::reader: return reader_settings;
        case Role::writer: return writer_settings;
        case Role::checkpointer: return checkpointer_settings;
    }
    return "";
}

}  // namespace

Lease::Lease(sqlite3_stmt* statement, bool* in_use) noexcept
    : statement_(statement), in_use_(in_use) {
    if (in_use_ != nullptr) *in_use_ = true;
}

Lease::Lease(Lease&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)), in_use_(other.in_use_) {}

Lease::~Lease() {
    if (statement_ == nullptr) return;
    if (in_use_ == nullptr) {
        sqlite3_finalize(statement_);
        return;
    }
    sqlite3_reset(statement_);
    *in_use_ = false;
}

Result<std::unique_ptr<Connection>> Connection::open(const ConnectionOptions& options) {
    configure_library();
    sqlite3* handle = nullptr;
    // NOMUTEX: a connection belongs to one thread, or to whoever holds the writer's lock.
    const int code =
        sqlite3_open_v2(options.file.c_str(), &handle,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                        gathering_file_system());
    std::unique_ptr<Connection> connection(new Connection(handle));
    if (code != SQLITE_OK) return failure(handle, code, "opening " + options.file.string());
    TRY(connection->configure(options));
    return connection;
}

Connection::~Connection() {
    for (const auto& [address, prepared] : statements_) sqlite3_finalize(prepared.statement);
    sqlite3_close_v2(handle_);
}

Result<void> Connection::configure(const ConnectionOptions& options) {
    busy_limit_ = options.busy_limit;
    sqlite3_busy_handler(handle_, &Connection::on_busy, this);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    // SQLite falls back to read-only without a word; a store that cannot be written is an error.
    if (sqlite3_db_readonly(handle_, "main") == 1) {
        return failure(nullptr, SQLITE_READONLY, "opening " + options.file.string());
    }
    TRY(enter_wal_mode(options.busy_limit));
    TRY(execute_script(common_settings));
    TRY(execute_script(settings_of(options.role)));
    TRY(limit_size(options.max_bytes));
    observer_ = options.observer;
    return {};
}

int Connection::on_busy(void* self, int attempts) {
    auto& connection = *static_cast<Connection*>(self);
    const auto now = monotonic_now();
    if (attempts == 0) connection.busy_since_ = now;
    if (now - connection.busy_since_ >= connection.busy_limit_) return 0;
    std::this_thread::sleep_for(busy_pause);
    return 1;
}

Result<void> Connection::enter_wal_mode(std::chrono::milliseconds busy_limit) {
    // The first process switches an empty file over, which needs it alone for a moment; SQLite
    // does not always wait by itself here.
    auto waited = std::chrono::milliseconds::zero();
    for (;;) {
        const int code = sqlite3_exec(handle_, "PRAGMA page_size=4096; PRAGMA journal_mode=WAL",
                                      nullptr, nullptr, nullptr);
        if (code == SQLITE_OK) return {};
        if ((code & 0xff) != SQLITE_BUSY || waited >= busy_limit) {
            return failure(handle_, code, "entering WAL mode");
        }
        std::this_thread::sleep_for(mode_retry_pause);
        waited += mode_retry_pause;
    }
}

Result<void> Connection::limit_size(std::int64_t max_bytes) {
    if (max_bytes == 0) return {};
    const std::string pragma = "PRAGMA max_page_count=" + std::to_string(max_bytes / page_bytes);
    return execute_script(pragma.c_str());
}

Result<void> Connection::execute_script(const char* text) {
    const int code = sqlite3_exec(handle_, text, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(handle_, code, "configuring the connection");
    return {};
}

Result<sqlite3_stmt*> Connection::prepare(std::string_view text, unsigned flags) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_, text.data(), static_cast<int>(text.size()), flags,
                                        &statement, nullptr);
    if (code != SQLITE_OK) return failure(handle_, code, "preparing");
    return statement;
}

Result<Lease> Connection::find_or_prepare(std::string_view text) {
    const auto found = statements_.find(text.data());
    if (found != statements_.end() && !found->second.in_use && found->second.text == text) {
        return Lease(found->second.statement, &found->second.in_use);
    }
    if (found != statements_.end()) {
        sqlite3_stmt* own = TRY(prepare(text, 0));
        return Lease(own, nullptr);
    }
    sqlite3_stmt* statement = TRY(prepare(text, SQLITE_PREPARE_PERSISTENT));
    Prepared& prepared = statements_[text.data()];
    prepared.text = text;
    prepared.statement = statement;
    return Lease(statement, &prepared.in_use);
}

Result<Lease> Connection::lease(database::Sql sql, std::size_t parameters) {
    Lease lease = TRY(find_or_prepare(sql.text()));
    const auto wanted = static_cast<std::size_t>(sqlite3_bind_parameter_count(lease.get()));
    if (wanted != parameters) {
        return latchkey::fail(ErrorCode::internal, "Internal error.",
                              std::to_string(parameters) + " parameters for " +
                                  std::to_string(wanted) + " in: " + std::string(sql.text()));
    }
    return lease;
}

Result<void> Connection::run(database::Sql sql) {
    const Lease statement = TRY(lease(sql, 0));
    const StatementTimer timer(observer_);
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(statement.get());
    if (code != SQLITE_DONE) {
        Failure failed = fail(code, sql.text());
        timer.failed(sql, failed.error().code);
        return failed;
    }
    timer.succeeded(sql, 0);
    return {};
}

Failure Connection::fail(int code, std::string_view doing) {
    Failure result = failure(handle_, code, doing);
    last_failure_ = result.error();
    return result;
}

bool Connection::in_transaction() const noexcept { return sqlite3_get_autocommit(handle_) == 0; }

std::int64_t Connection::changes() const noexcept { return sqlite3_total_changes64(handle_); }

}  // namespace latchkey::sqlite
