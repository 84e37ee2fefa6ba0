#pragma once

// One transaction around what a test does to a store.

#include <memory>
#include <type_traits>
#include <utility>

#include "database/database.hpp"
#include "testing/must.hpp"

namespace latchkey::testing {

/// A group of one, which its transaction's commit() makes durable.
class LoneWrite final : public database::WriteTransaction {
public:
    LoneWrite(std::unique_ptr<database::WriteGroup> group,
              std::unique_ptr<database::WriteTransaction> write) noexcept
        : WriteTransaction(*group), group_(std::move(group)), write_(std::move(write)) {}

    Result<std::unique_ptr<database::Cursor>> query(database::Sql sql,
                                                    database::Params params) override {
        TRY(check_open());
        return write_->query(sql, params);
    }
    Result<std::int64_t> execute(database::Sql sql, database::Params params) override {
        TRY(check_open());
        return write_->execute(sql, params);
    }

private:
    [[nodiscard]] Result<void> check_open() const {
        if (write_) return {};
        return fail(ErrorCode::internal, "Internal error.", "a statement after commit");
    }
    Result<void> keep() override {
        TRY(check_open());
        auto kept = write_->commit();
        write_.reset();
        if (kept) kept = group_->commit();
        return kept;
    }

    std::unique_ptr<database::WriteGroup> group_;
    std::unique_ptr<database::WriteTransaction> write_;  // goes before its group
};

/// Errors: those of Database::begin_group.
[[nodiscard]] inline Result<std::unique_ptr<database::WriteTransaction>> begin_write(
    database::Database& database) {
    auto group = TRY(database.begin_group(database::Isolation::joint));
    auto write = TRY(group->begin());
    return std::make_unique<LoneWrite>(std::move(group), std::move(write));
}

/// Runs `work` in a write transaction of its own, commits, and answers what `work` did.
template <class Work>
auto write_once(database::Database& database, Work work) {
    const auto tx = must(begin_write(database));
    if constexpr (std::is_void_v<decltype(must(work(*tx)))>) {
        must(work(*tx));
        must(tx->commit());
    } else {
        auto value = must(work(*tx));
        must(tx->commit());
        return value;
    }
}

template <class Work>
auto read_once(database::Database& database, Work work) {
    const auto tx = must(database.read());
    return must(work(*tx));
}

}  // namespace latchkey::testing
