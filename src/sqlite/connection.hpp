#pragma once

// One SQLite connection and its prepared statements. Used by one thread at a time.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"
#include "database/statement.hpp"
#include "database/statement_observer.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace latchkey::sqlite {

enum class Role : std::uint8_t { reader, writer, checkpointer };

struct ConnectionOptions {
    std::filesystem::path file;
    std::chrono::milliseconds busy_limit;
    std::int64_t max_bytes = 0;  // 0 = no limit
    Role role = Role::reader;
    database::StatementObserver* observer = nullptr;  // null: none
};

/// A prepared statement in use. Letting go resets it, so that no snapshot stays behind; what is
/// bound may be gone then, and the next lease binds all of it anew before SQLite looks.
class Lease {
public:
    Lease(sqlite3_stmt* statement, bool* in_use) noexcept;
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&&) = delete;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();

    [[nodiscard]] sqlite3_stmt* get() const noexcept { return statement_; }

private:
    sqlite3_stmt* statement_;
    bool* in_use_;  // the cache's mark; null for a statement of its own, finalized at the end
};

class Connection {
public:
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const ConnectionOptions& options);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// The statement of this literal, prepared once. While its cached form is in use (a cursor is
    /// open on it), the next caller gets one of its own. `parameters` says how many the caller will
    /// bind: all that the statement has, or it is refused.
    [[nodiscard]] Result<Lease> lease(database::Sql sql, std::size_t parameters);
    /// Runs a statement without parameters and rows: BEGIN IMMEDIATE, SAVEPOINT, COMMIT …
    [[nodiscard]] Result<void> run(database::Sql sql);

    /// What went wrong with `code`, kept as last_failure too.
    [[nodiscard]] Failure fail(int code, std::string_view doing);
    /// The newest failure: when SQLite gave a transaction up by itself, this is why.
    [[nodiscard]] const std::optional<Error>& last_failure() const noexcept {
        return last_failure_;
    }

    /// SQLite ends a transaction by itself after some I/O errors; then this is false.
    [[nodiscard]] bool in_transaction() const noexcept;
    /// Rows that were inserted, changed or deleted since it was opened, undone ones too.
    [[nodiscard]] std::int64_t changes() const noexcept;
    /// Who is told of its statements; null: nobody.
    [[nodiscard]] database::StatementObserver* observer() const noexcept { return observer_; }
    [[nodiscard]] sqlite3* handle() const noexcept { return handle_; }

    /// How many snapshots of this thread are open on it: the inner ones share the outermost's.
    int open_snapshots = 0;

private:
    struct Prepared {
        std::string_view text;
        sqlite3_stmt* statement = nullptr;
        bool in_use = false;
    };

    explicit Connection(sqlite3* handle) noexcept : handle_(handle) {}
    /// SQLite asks whether to try again: yes, until the busy limit.
    static int on_busy(void* self, int attempts);
    [[nodiscard]] Result<Lease> find_or_prepare(std::string_view text);
    [[nodiscard]] Result<sqlite3_stmt*> prepare(std::string_view text, unsigned flags);
    [[nodiscard]] Result<void> configure(const ConnectionOptions& options);
    [[nodiscard]] Result<void> enter_wal_mode(std::chrono::milliseconds busy_limit);
    [[nodiscard]] Result<void> limit_size(std::int64_t max_bytes);
    [[nodiscard]] Result<void> execute_script(const char* text);

    sqlite3* handle_;
    database::StatementObserver* observer_ = nullptr;
    std::chrono::milliseconds busy_limit_{0};
    std::chrono::steady_clock::time_point busy_since_;
    std::optional<Error> last_failure_;
    // By the literal's address: finding a statement costs one hash of a pointer.
    std::unordered_map<const char*, Prepared> statements_;
};

}  // namespace latchkey::sqlite
