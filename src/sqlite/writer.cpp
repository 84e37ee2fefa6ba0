#include "sqlite/writer.hpp"

#include "sqlite/cursor.hpp"

namespace latchkey::sqlite {
namespace {

Failure misuse(std::string detail) {
    return fail(ErrorCode::internal, "Internal error.", std::move(detail));
}

/// Why the open transaction of `connection` is no more. Past this point a statement would commit
/// by itself, so none is run.
Failure given_up(const Connection& connection) {
    if (connection.last_failure()) return Failure(*connection.last_failure());
    return fail(ErrorCode::storage_failed, "The storage failed.", "the transaction is gone");
}

}  // namespace

/// BEGIN IMMEDIATE … COMMIT.
class PlainWrite final : public database::WriteTransaction {
public:
    explicit PlainWrite(Writer& writer) noexcept : writer_(writer) {}
    ~PlainWrite() override {
        if (open_) roll_back();
    }

    Result<std::unique_ptr<database::Cursor>> query(database::Sql sql,
                                                    database::Params params) override {
        TRY(check_open());
        return open_cursor(writer_.connection(), sql, params);
    }

    Result<std::int64_t> execute(database::Sql sql, database::Params params) override {
        TRY(check_open());
        return execute_statement(writer_.connection(), sql, params);
    }

    Result<void> commit() override {
        TRY(check_open());
        auto committed = writer_.connection().run("COMMIT");
        if (!committed) {
            roll_back();
            return committed;
        }
        open_ = false;
        writer_.finish();
        return {};
    }

private:
    Result<void> check_open() {
        if (!open_) return misuse("a statement after commit");
        if (!writer_.connection().in_transaction()) return given_up(writer_.connection());
        return {};
    }

    void roll_back() {
        // What fails here leaves no transaction either: SQLite ended it by itself.
        if (writer_.connection().in_transaction()) (void)writer_.connection().run("ROLLBACK");
        open_ = false;
        writer_.finish();
    }

    Writer& writer_;
    bool open_ = true;
};

/// SAVEPOINT … RELEASE inside the group's transaction.
class GroupedWrite final : public database::WriteTransaction {
public:
    explicit GroupedWrite(Writer& writer) noexcept : writer_(writer) { writer_.job_open_ = true; }
    ~GroupedWrite() override {
        if (open_) roll_back();
    }

    Result<std::unique_ptr<database::Cursor>> query(database::Sql sql,
                                                    database::Params params) override {
        TRY(check_open());
        return open_cursor(writer_.connection(), sql, params);
    }

    Result<std::int64_t> execute(database::Sql sql, database::Params params) override {
        TRY(check_open());
        return execute_statement(writer_.connection(), sql, params);
    }

    Result<void> commit() override {
        TRY(check_open());
        auto released = writer_.connection().run("RELEASE job");
        if (!released) {
            roll_back();
            return released;
        }
        close();
        return {};
    }

private:
    Result<void> check_open() {
        if (!open_) return misuse("a statement after commit");
        return writer_.check_group();
    }

    void roll_back() {
        close();
        if (!writer_.check_group()) return;
        auto undone = writer_.connection().run("ROLLBACK TO job");
        if (undone) undone = writer_.connection().run("RELEASE job");
        // A job that cannot be undone must not become durable with the others.
        if (!undone) writer_.group_failure_ = undone.error();
    }

    void close() noexcept {
        open_ = false;
        writer_.job_open_ = false;
    }

    Writer& writer_;
    bool open_ = true;
};

class GroupedRead final : public database::ReadTransaction {
public:
    explicit GroupedRead(Writer& writer) noexcept : writer_(writer) {}

    Result<std::unique_ptr<database::Cursor>> query(database::Sql sql,
                                                    database::Params params) override {
        TRY(writer_.check_group());
        return open_cursor(writer_.connection(), sql, params);
    }

private:
    Writer& writer_;
};

Result<std::unique_ptr<database::WriteTransaction>> Writer::begin() {
    if (in_group()) {
        if (job_open_) return misuse("a write transaction inside another");
        TRY(check_group());
        TRY(connection_->run("SAVEPOINT job"));
        return std::make_unique<GroupedWrite>(*this);
    }
    TRY(begin_immediate());
    return std::make_unique<PlainWrite>(*this);
}

Result<void> Writer::begin_group() {
    TRY(begin_immediate());
    group_failure_.reset();
    grouping_ = true;
    return {};
}

Result<void> Writer::end_group() {
    if (!in_group()) return misuse("end_group without begin_group");
    if (job_open_) return misuse("end_group while a job's transaction is open");
    Result<void> result = check_group();
    if (result) result = connection_->run("COMMIT");
    if (!result && connection_->in_transaction()) (void)connection_->run("ROLLBACK");
    grouping_ = false;
    finish();
    return result;
}

bool Writer::in_group() const noexcept {
    return grouping_.load(std::memory_order_relaxed) && owner_ == std::this_thread::get_id();
}

std::unique_ptr<database::ReadTransaction> Writer::read_in_group() {
    return std::make_unique<GroupedRead>(*this);
}

Result<void> Writer::check_group() {
    if (!group_failure_ && !connection_->in_transaction()) {
        group_failure_ = given_up(*connection_).error();
    }
    if (group_failure_) return Failure(*group_failure_);
    return {};
}

Result<void> Writer::begin_immediate() {
    if (owner_ == std::this_thread::get_id()) return misuse("a write transaction inside another");
    if (!turn_.take(busy_limit_)) {
        return fail(ErrorCode::unavailable, "The storage is busy. Try again.",
                    "another thread writes for longer than the busy limit");
    }
    owner_ = std::this_thread::get_id();
    auto begun = connection_->run("BEGIN IMMEDIATE");
    if (!begun) finish();
    return begun;
}

void Writer::finish() noexcept {
    owner_ = std::thread::id();
    turn_.give_back();
}

}  // namespace latchkey::sqlite
