#include "sqlite/cursor.hpp"

#include <sqlite3.h>

#include <utility>
#include <variant>

#include "base/time/clock.hpp"
#include "sqlite/statement_timer.hpp"

namespace latchkey::sqlite {
namespace {

using database::Param;
using database::Row;

struct Binder {
    sqlite3_stmt* statement;
    int index;

    int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
    int operator()(std::string_view text) const {
        const char* data = text.data() == nullptr ? "" : text.data();
        return sqlite3_bind_text64(statement, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(ByteView blob) const {
        // An empty blob is not NULL: bind_blob with a null pointer would make it so.
        if (blob.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
        return sqlite3_bind_blob64(statement, index, blob.data(), blob.size(), SQLITE_STATIC);
    }
};

/// SQLite reads the values where they lie, until the lease ends.
Result<void> bind_parameters(Connection& connection, const Lease& lease, database::Params params) {
    int index = 1;
    for (const Param& param : params) {
        const int code = std::visit(Binder{lease.get(), index}, param.value());
        if (code != SQLITE_OK) return connection.fail(code, "binding a parameter");
        ++index;
    }
    return {};
}

class StatementCursor : public database::Cursor, private Row {
public:
    StatementCursor(Connection& connection, database::Sql sql, Lease&& lease) noexcept
        : connection_(connection), sql_(sql), lease_(std::move(lease)) {}

    Result<const Row*> next() override {
        const int code = sqlite3_step(lease_.get());
        if (code == SQLITE_ROW) return static_cast<const Row*>(this);
        if (code == SQLITE_DONE) return static_cast<const Row*>(nullptr);
        return connection_.fail(code, sql_.text());
    }

private:
    bool is_null(int column) const override {
        return sqlite3_column_type(lease_.get(), column) == SQLITE_NULL;
    }
    std::int64_t integer(int column) const override {
        return sqlite3_column_int64(lease_.get(), column);
    }
    std::string_view text(int column) const override { return as_text(blob(column)); }
    ByteView blob(int column) const override {
        // The pointer first: asking for it may convert the value, and with it the length.
        const void* data = sqlite3_column_blob(lease_.get(), column);
        const int size = sqlite3_column_bytes(lease_.get(), column);
        if (data == nullptr) return {};
        return {static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)};
    }

    Connection& connection_;
    database::Sql sql_;
    Lease lease_;
};

/// The same for who observes: the time inside SQLite alone, reported when the cursor closes.
class ObservedCursor final : public StatementCursor {
public:
    ObservedCursor(Connection& connection, database::Sql sql, Lease&& lease,
                   database::StatementObserver& observer) noexcept
        : StatementCursor(connection, sql, std::move(lease)), observer_(observer) {
        report_.text = sql.text();
    }
    ~ObservedCursor() override { observer_.observe(report_); }
    ObservedCursor(const ObservedCursor&) = delete;
    ObservedCursor& operator=(const ObservedCursor&) = delete;

    Result<const database::Row*> next() override {
        const auto start = monotonic_now();
        auto row = StatementCursor::next();
        report_.duration += monotonic_now() - start;
        if (!row) report_.error = row.error().code;
        if (row && *row != nullptr) ++report_.rows;
        return row;
    }

private:
    database::StatementObserver& observer_;
    database::StatementReport report_{};
};

}  // namespace

Result<std::unique_ptr<database::Cursor>> open_cursor(Connection& connection, database::Sql sql,
                                                      database::Params params) {
    Lease lease = TRY(connection.lease(sql, params.size()));
    TRY(bind_parameters(connection, lease, params));
    if (auto* observer = connection.observer()) {
        return std::make_unique<ObservedCursor>(connection, sql, std::move(lease), *observer);
    }
    return std::make_unique<StatementCursor>(connection, sql, std::move(lease));
}

Result<std::int64_t> execute_statement(Connection& connection, database::Sql sql,
                                       database::Params params) {
    const Lease lease = TRY(connection.lease(sql, params.size()));
    TRY(bind_parameters(connection, lease, params));
    const std::int64_t before = connection.changes();
    const StatementTimer timer(connection.observer());
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(lease.get());
    if (code != SQLITE_DONE) {
        Failure failed = connection.fail(code, sql.text());
        timer.failed(sql, failed.error().code);
        return failed;
    }
    const std::int64_t changed = connection.changes() - before;
    timer.succeeded(sql, changed);
    return changed;
}

}  // namespace latchkey::sqlite
