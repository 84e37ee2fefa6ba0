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

/// Statements on the writer's connection for as long as its transaction stands; how one begins and
/// ends is its own.
class Write : public database::WriteTransaction {
public:
    explicit Write(Writer& writer) noexcept : writer_(writer) {}

    Result<std::unique_ptr<database::Cursor>> query(database::Sql sql,
                                                    database::Params params) final {
        TRY(check_open());
        return open_cursor(connection(), sql, params);
    }

    Result<std::int64_t> execute(database::Sql sql, database::Params params) final {
        TRY(check_open());
        return execute_statement(connection(), sql, params);
    }

    Result<void> commit() final {
        TRY(check_open());
        auto kept = keep();
        if (!kept) {
            undo();
            return kept;
        }
        close();
        return {};
    }

protected:
    [[nodiscard]] Connection& connection() noexcept { return writer_.connection(); }

    /// What a destructor owes: nothing is kept unless commit() succeeded.
    void undo() noexcept {
        if (!open_) return;
        roll_back();
        close();
    }

    Writer& writer_;

private:
    Result<void> check_open() {
        if (!open_) return misuse("a statement after commit");
        return check_standing();
    }
    void close() noexcept {
        open_ = false;
        release();
    }

    /// Errors: SQLite has given the transaction up.
    [[nodiscard]] virtual Result<void> check_standing() = 0;
    [[nodiscard]] virtual Result<void> keep() = 0;
    virtual void roll_back() noexcept = 0;
    /// Lets the writer's next transaction in.
    virtual void release() noexcept = 0;

    bool open_ = true;
};

/// BEGIN IMMEDIATE … COMMIT.
class PlainWrite final : public Write {
public:
    using Write::Write;
    ~PlainWrite() override { undo(); }

private:
    Result<void> check_standing() override {
        if (!connection().in_transaction()) return given_up(connection());
        return {};
    }
    Result<void> keep() override { return connection().run("COMMIT"); }
    void roll_back() noexcept override {
        // What fails here leaves no transaction either: SQLite ended it by itself.
        if (connection().in_transaction()) (void)connection().run("ROLLBACK");
    }
    void release() noexcept override { writer_.finish(); }
};

/// SAVEPOINT … RELEASE inside the group's transaction.
class GroupedWrite final : public Write {
public:
    explicit GroupedWrite(Writer& writer) noexcept : Write(writer) { writer.job_open_ = true; }
    ~GroupedWrite() override { undo(); }

private:
    Result<void> check_standing() override { return writer_.check_group(); }
    Result<void> keep() override { return connection().run("RELEASE job"); }
    void roll_back() noexcept override {
        if (!writer_.check_group()) return;
        auto undone = connection().run("ROLLBACK TO job");
        if (undone) undone = connection().run("RELEASE job");
        // A job that cannot be undone must not become durable with the others.
        if (!undone) writer_.group_failure_ = undone.error();
    }
    void release() noexcept override { writer_.job_open_ = false; }
};

/// Nothing of its own inside the group's transaction.
class JointWrite final : public Write {
public:
    explicit JointWrite(Writer& writer) noexcept
        : Write(writer), changes_before_(writer.connection().changes()) {
        writer.job_open_ = true;
    }
    ~JointWrite() override { undo(); }

private:
    Result<void> check_standing() override { return writer_.check_group(); }
    Result<void> keep() override { return {}; }
    void roll_back() noexcept override {
        if (connection().changes() == changes_before_) return;
        writer_.spoiled_ = true;
        writer_.group_failure_ =
            Error{ErrorCode::unavailable, "The storage is busy. Try again.", "a spoiled group"};
    }
    void release() noexcept override { writer_.job_open_ = false; }

    std::int64_t changes_before_;
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
        if (jobs_ == Jobs::joint) return std::make_unique<JointWrite>(*this);
        TRY(connection_->run("SAVEPOINT job"));
        return std::make_unique<GroupedWrite>(*this);
    }
    TRY(begin_immediate());
    return std::make_unique<PlainWrite>(*this);
}

Result<void> Writer::begin_group(Jobs jobs) {
    TRY(begin_immediate());
    jobs_ = jobs;
    ++groups_;
    spoiled_ = false;
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
