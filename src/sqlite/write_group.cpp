#include "sqlite/write_group.hpp"

#include <string>
#include <utility>

#include "sqlite/cursor.hpp"

namespace latchkey::sqlite {
namespace {

Failure misuse(std::string detail) {
    return fail(ErrorCode::internal, "Internal error.", std::move(detail));
}

}  // namespace

/// Statements on the writer's connection for as long as the group stands; how one is kept and
/// undone depends on the isolation.
class GroupedWrite : public database::WriteTransaction {
public:
    explicit GroupedWrite(WriteGroup& group) noexcept
        : database::WriteTransaction(group), group_(group) {
        group_.has_open_write_ = true;
    }

    Result<std::unique_ptr<database::Cursor>> query(database::Sql sql,
                                                    database::Params params) final {
        TRY(group_.check());
        return note_failure(open_cursor(connection(), sql, params));
    }

    Result<std::int64_t> execute(database::Sql sql, database::Params params) final {
        TRY(group_.check());
        TRY(before_change());
        return note_failure(execute_statement(connection(), sql, params));
    }

protected:
    [[nodiscard]] Connection& connection() noexcept { return group_.connection(); }

    /// What a destructor owes: what was not committed is not kept.
    void close() noexcept {
        roll_back();
        group_.has_open_write_ = false;
    }

    WriteGroup& group_;

private:
    Result<void> keep() final {
        TRY(group_.check());
        return keep_changes();
    }
    template <class T>
    Result<T> note_failure(Result<T> result) {
        if (!result) group_.note(result.error());
        return result;
    }

    [[nodiscard]] virtual Result<void> before_change() = 0;
    [[nodiscard]] virtual Result<void> keep_changes() = 0;
    virtual void roll_back() noexcept = 0;
};

/// A SAVEPOINT around what it changes between two commits.
class IsolatedWrite final : public GroupedWrite {
public:
    using GroupedWrite::GroupedWrite;
    ~IsolatedWrite() override { close(); }

private:
    Result<void> before_change() override {
        if (has_savepoint_) return {};
        TRY(connection().run("SAVEPOINT job"));
        has_savepoint_ = true;
        return {};
    }
    Result<void> keep_changes() override {
        if (!has_savepoint_) return {};
        auto kept = connection().run("RELEASE job");
        if (!kept) {
            roll_back();
            return kept;
        }
        has_savepoint_ = false;
        return {};
    }
    void roll_back() noexcept override {
        if (!std::exchange(has_savepoint_, false) || !group_.check()) return;
        auto undone = connection().run("ROLLBACK TO job");
        if (undone) undone = connection().run("RELEASE job");
        // What cannot be undone must not become durable with the others.
        if (!undone) group_.failure_ = undone.error();
    }

    bool has_savepoint_ = false;
};

/// Nothing of its own inside the group's transaction.
class JointWrite final : public GroupedWrite {
public:
    explicit JointWrite(WriteGroup& group) noexcept
        : GroupedWrite(group), kept_changes_(connection().changes()) {}
    ~JointWrite() override { close(); }

private:
    Result<void> before_change() override { return {}; }
    Result<void> keep_changes() override {
        kept_changes_ = connection().changes();
        return {};
    }
    void roll_back() noexcept override {
        if (connection().changes() == kept_changes_) return;
        group_.is_spoiled_ = true;
        group_.failure_ =
            Error{ErrorCode::unavailable, "The storage is busy. Try again.", "a spoiled group"};
    }

    std::int64_t kept_changes_;  // of the connection, when it last committed
};

Result<std::unique_ptr<database::WriteTransaction>> WriteGroup::begin() {
    if (has_open_write_) return misuse("a write transaction inside another");
    TRY(check());
    if (isolation_ == database::Isolation::joint) return std::make_unique<JointWrite>(*this);
    return std::make_unique<IsolatedWrite>(*this);
}

database::GroupState WriteGroup::state() const noexcept {
    if (is_spoiled_) return database::GroupState::spoiled;
    if (!failure_) return database::GroupState::sound;
    return failure_->code == ErrorCode::serialization_failure ? database::GroupState::overtaken
                                                              : database::GroupState::broken;
}

Result<void> WriteGroup::make_durable() {
    if (has_open_write_) return misuse("a group's commit while a transaction of it is open");
    Result<void> result = check();
    if (result) result = connection().run("COMMIT");
    if (!result && !failure_) failure_ = result.error();
    end();
    return result;
}

void WriteGroup::end() noexcept {
    if (std::exchange(has_ended_, true)) return;
    // What fails here leaves no transaction either: SQLite ended it by itself.
    if (connection().in_transaction()) (void)connection().run("ROLLBACK");
    writer_.give_back();
}

Result<void> WriteGroup::check() {
    if (failure_) return Failure(*failure_);
    if (has_ended_) return misuse("a group after its end");
    if (!connection().in_transaction()) {
        // SQLite has given it up. Past this point a statement would commit by itself: none is run.
        const auto& why = connection().last_failure();
        failure_ = why ? *why
                       : Error{ErrorCode::storage_failed, "The storage failed.",
                               "the transaction is gone"};
        return Failure(*failure_);
    }
    return {};
}

void WriteGroup::note(const Error& error) {
    if (error.code == ErrorCode::serialization_failure) failure_ = error;
}

}  // namespace latchkey::sqlite
