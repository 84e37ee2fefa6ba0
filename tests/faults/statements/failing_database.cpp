#include "tests/faults/statements/failing_database.hpp"

#include <utility>

namespace latchkey::testing {
namespace {

using database::Cursor;
using database::Params;
using database::Row;
using database::Sql;

/// A row can fail to come, too.
class FailingCursor final : public Cursor {
public:
    FailingCursor(std::unique_ptr<Cursor> real, FailurePlan& plan)
        : real_(std::move(real)), plan_(plan) {}
    Result<const Row*> next() override {
        TRY(plan_.pass());
        return real_->next();
    }

private:
    std::unique_ptr<Cursor> real_;
    FailurePlan& plan_;
};

Result<std::unique_ptr<Cursor>> query_through(database::ReadTransaction& real, FailurePlan& plan,
                                              Sql sql, Params params) {
    TRY(plan.pass());
    auto cursor = TRY(real.query(sql, params));
    return std::make_unique<FailingCursor>(std::move(cursor), plan);
}

class FailingRead final : public database::ReadTransaction {
public:
    FailingRead(std::unique_ptr<database::ReadTransaction> real, FailurePlan& plan)
        : real_(std::move(real)), plan_(plan) {}
    Result<std::unique_ptr<Cursor>> query(Sql sql, Params params) override {
        return query_through(*real_, plan_, sql, params);
    }

private:
    std::unique_ptr<database::ReadTransaction> real_;
    FailurePlan& plan_;
};

class FailingWrite final : public database::WriteTransaction {
public:
    FailingWrite(database::WriteGroup& group, std::unique_ptr<database::WriteTransaction> real,
                 FailurePlan& plan, std::set<std::string_view>& statements)
        : database::WriteTransaction(group),
          real_(std::move(real)),
          plan_(plan),
          statements_(statements) {}
    Result<std::unique_ptr<Cursor>> query(Sql sql, Params params) override {
        statements_.insert(sql.text());
        return query_through(*real_, plan_, sql, params);
    }
    Result<std::int64_t> execute(Sql sql, Params params) override {
        statements_.insert(sql.text());
        TRY(plan_.pass());
        return real_->execute(sql, params);
    }

private:
    Result<void> keep() override {
        TRY(plan_.pass());
        return real_->commit();
    }

    std::unique_ptr<database::WriteTransaction> real_;
    FailurePlan& plan_;
    std::set<std::string_view>& statements_;
};

/// Its beginning and its end are not calls that fail: the group's own are tested with the lane.
class FailingGroup final : public database::WriteGroup {
public:
    FailingGroup(std::unique_ptr<database::WriteGroup> real, FailurePlan& plan,
                 std::set<std::string_view>& statements)
        : real_(std::move(real)), plan_(plan), statements_(statements) {}

    Result<std::unique_ptr<database::WriteTransaction>> begin() override {
        TRY(plan_.pass());
        auto write = TRY(real_->begin());
        return std::make_unique<FailingWrite>(*this, std::move(write), plan_, statements_);
    }
    database::GroupState state() const noexcept override { return real_->state(); }

private:
    Result<void> make_durable() override { return real_->commit(); }

    std::unique_ptr<database::WriteGroup> real_;
    FailurePlan& plan_;
    std::set<std::string_view>& statements_;
};

}  // namespace

Result<std::unique_ptr<database::ReadTransaction>> FailingDatabase::read() {
    TRY(plan_.pass());
    auto real = TRY(real_.read());
    return std::make_unique<FailingRead>(std::move(real), plan_);
}

Result<std::unique_ptr<database::WriteGroup>> FailingDatabase::begin_group(
    database::Isolation isolation) {
    auto real = TRY(real_.begin_group(isolation));
    return std::make_unique<FailingGroup>(std::move(real), plan_, statements_);
}

}  // namespace latchkey::testing
