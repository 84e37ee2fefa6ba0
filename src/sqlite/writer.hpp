#pragma once

// The one writing connection: who may use it, and how a group nests its jobs.
//
// Outside a group a write transaction is BEGIN IMMEDIATE … COMMIT. Inside one, each is a SAVEPOINT
// of the group's transaction: rolling it back hurts no other, and the group's COMMIT makes all of
// them durable with one fsync.

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "base/result.hpp"
#include "database/database.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/turn.hpp"

namespace latchkey::sqlite {

class Writer {
public:
    Writer(std::unique_ptr<Connection> connection, std::chrono::milliseconds busy_limit) noexcept
        : connection_(std::move(connection)), busy_limit_(busy_limit) {}

    [[nodiscard]] Result<std::unique_ptr<database::WriteTransaction>> begin();
    [[nodiscard]] Result<void> begin_group();
    [[nodiscard]] Result<void> end_group();

    /// Whether the calling thread is between begin_group and end_group.
    [[nodiscard]] bool in_group() const noexcept;
    /// Reads what the group has written so far. Only inside a group.
    [[nodiscard]] std::unique_ptr<database::ReadTransaction> read_in_group();

    /// Runs `work` while no transaction of this process writes; false if one took too long.
    template <class Work>
    [[nodiscard]] bool while_idle(Work work) {
        if (!turn_.take(busy_limit_)) return false;
        work();
        turn_.give_back();
        return true;
    }

    [[nodiscard]] Connection& connection() noexcept { return *connection_; }

private:
    friend class PlainWrite;
    friend class GroupedWrite;
    friend class GroupedRead;

    /// The error that ended the group's transaction, if one did.
    [[nodiscard]] Result<void> check_group();
    [[nodiscard]] Result<void> begin_immediate();
    void finish() noexcept;

    std::unique_ptr<Connection> connection_;
    std::chrono::milliseconds busy_limit_;
    Turn turn_;                             // taken from begin to the transaction's end
    std::atomic<std::thread::id> owner_{};  // whose turn it is
    std::atomic<bool> grouping_ = false;    // the owner is in a group
    bool job_open_ = false;                 // a GroupedWrite is open; the owner's alone
    std::optional<Error> group_failure_;    // SQLite gave the group up; the owner's alone
};

}  // namespace latchkey::sqlite
