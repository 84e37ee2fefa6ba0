#pragma once

// A transaction is the only door to data, and reading and writing have different types.
//
// Nothing is kept unless commit() succeeded: a WriteTransaction that goes away without it rolls
// back what it wrote since. A refusal that must stick (a replayed token) commits and then answers
// its error.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "database/statement.hpp"

namespace latchkey::database {

class WriteGroup;

class ReadTransaction {
public:
    ReadTransaction() noexcept = default;
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;
    virtual ~ReadTransaction() = default;

    /// Runs a statement that returns rows. What the parameters borrow stays until the cursor is
    /// closed, which is before the next call with the same Sql: `find` and `each` see to both.
    [[nodiscard]] virtual Result<std::unique_ptr<Cursor>> query(Sql sql, Params params) = 0;

    /// The first row through `read`, or absent. `auto user = TRY(tx.find(sql, {id}, read_user));`
    template <class Read>
    [[nodiscard]] auto find(Sql sql, Params params, Read read)
        -> Result<std::optional<decltype(read(std::declval<const Row&>()))>> {
        auto cursor = TRY(query(sql, params));
        const Row* row = TRY(cursor->next());
        if (row == nullptr) return std::nullopt;
        return read(*row);
    }

    /// Calls `visit` for each row.
    template <class Visit>
    [[nodiscard]] Result<void> each(Sql sql, Params params, Visit visit) {
        auto cursor = TRY(query(sql, params));
        for (;;) {
            const Row* row = TRY(cursor->next());
            if (row == nullptr) return {};
            visit(*row);
        }
    }

    /// The memory of the group that it reads in, see WriteGroup::local; null: it reads on its own.
    template <class T>
    [[nodiscard]] T* find_group_local();

protected:
    explicit ReadTransaction(WriteGroup& group) noexcept : group_(&group) {}

private:
    WriteGroup* group_ = nullptr;
};

/// What is to be done to memory because of a write: a counter, a note, a wake-up, a cache. It must
/// not throw, and must not touch the transaction or its group.
using Effect = std::move_only_function<void()>;

/// One of a group (WriteGroup::begin), which outlives it. What it reads includes what the group has
/// written so far.
class WriteTransaction : public ReadTransaction {
public:
    explicit WriteTransaction(WriteGroup& group) noexcept : ReadTransaction(group), group_(group) {}

    /// Runs a statement without rows; the number of rows it changed.
    /// Errors: conflict (a UNIQUE or PRIMARY KEY constraint; nothing of the statement is done, and
    /// the transaction goes on: database.hpp), storage_full, storage_failed, serialization_failure
    /// (the group will run again).
    [[nodiscard]] virtual Result<std::int64_t> execute(Sql sql, Params params) = 0;

    /// Keeps what was written since it began, or since the last commit: it becomes durable with
    /// the group. More may be written afterwards, and is rolled back unless committed too.
    [[nodiscard]] Result<void> commit();

    /// `effect` runs once, after the group is durable, if the next commit() succeeds; else never.
    void after_commit(Effect effect) { effects_.push_back(std::move(effect)); }

    /// The group's memory, see WriteGroup::local.
    template <class T>
    [[nodiscard]] T& group_local();

private:
    [[nodiscard]] virtual Result<void> keep() = 0;

    WriteGroup& group_;
    std::vector<Effect> effects_;  // of what was written since the last commit
};

}  // namespace latchkey::database
