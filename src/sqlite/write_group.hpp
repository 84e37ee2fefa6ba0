#pragma once

// A group of writes on SQLite: BEGIN IMMEDIATE … COMMIT on the writer's connection, which is the
// group's alone for as long as it lives. An isolated transaction is a SAVEPOINT of that: rolling it
// back hurts no other. A joint one is nothing of its own, without savepoints and the copies of
// pages that they take: what is to be rolled back takes the whole group with it.

#include <memory>
#include <optional>

#include "base/result.hpp"
#include "database/write_group.hpp"
#include "sqlite/writer.hpp"

namespace latchkey::sqlite {

class WriteGroup final : public database::WriteGroup {
public:
    /// `writer` is its own already, in a transaction that nothing has been done in.
    WriteGroup(Writer& writer, database::Isolation isolation) noexcept
        : writer_(writer), isolation_(isolation) {}
    ~WriteGroup() override { end(); }
    WriteGroup(const WriteGroup&) = delete;
    WriteGroup& operator=(const WriteGroup&) = delete;

    Result<std::unique_ptr<database::WriteTransaction>> begin() override;
    database::GroupState state() const noexcept override;

private:
    friend class GroupedWrite;
    friend class IsolatedWrite;
    friend class JointWrite;

    Result<void> make_durable() override;
    /// Rolls back what is not durable, and lets the next group in.
    void end() noexcept;
    /// The error that ended its transaction, if one did.
    [[nodiscard]] Result<void> check();
    void note(const Error& error);
    [[nodiscard]] Connection& connection() noexcept { return writer_.connection(); }

    Writer& writer_;
    database::Isolation isolation_;
    bool has_open_write_ = false;
    bool is_spoiled_ = false;
    bool has_ended_ = false;
    std::optional<Error> failure_;
};

}  // namespace latchkey::sqlite
