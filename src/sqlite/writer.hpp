#pragma once

// The one writing connection: who may use it, and how a group nests its jobs.
//
// Outside a group a write transaction is BEGIN IMMEDIATE … COMMIT. Inside one, each is a SAVEPOINT
// of the group's transaction: rolling it back hurts no other, and the group's COMMIT makes all of
// them durable with one fsync. In a joint group there are no savepoints, nor the copies of pages
// that they take: what is to be rolled back takes the whole group with it.

#include <atomic>
#include <chrono>
#include <cstdint>
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
    [[nodiscard]] Result<void> begin_group() { return begin_group(Jobs::apart); }
    [[nodiscard]] Result<void> begin_joint_group() { return begin_group(Jobs::joint); }
    [[nodiscard]] Result<void> end_group();
    /// Whether a transaction of the last group that began was rolled back after it had changed
    /// something, and the group was joint. The owner's alone.
    [[nodiscard]] bool group_is_spoiled() const noexcept { return spoiled_; }

    /// Whether the calling thread is between begin_group and end_group.
    [[nodiscard]] bool in_group() const noexcept;
    /// Which one that is, counted from 1; 0: none.
    [[nodiscard]] std::uint64_t group() const noexcept { return in_group() ? groups_ : 0; }
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
    friend class JointWrite;
    friend class GroupedRead;

    enum class Jobs : std::uint8_t { apart, joint };

    [[nodiscard]] Result<void> begin_group(Jobs jobs);

    /// The error that ended the group's transaction, if one did.
    [[nodiscard]] Result<void> check_group();
    [[nodiscard]] Result<void> begin_immediate();
    void finish() noexcept;

    std::unique_ptr<Connection> connection_;
    std::chrono::milliseconds busy_limit_;
    Turn turn_;                             // taken from begin to the transaction's end
    std::atomic<std::thread::id> owner_{};  // whose turn it is
    std::atomic<bool> grouping_ = false;    // the owner is in a group
    // All below: the owner's alone.
    Jobs jobs_ = Jobs::apart;             // of the group
    std::uint64_t groups_ = 0;            // so far
    bool job_open_ = false;               // a transaction of the group is open
    bool spoiled_ = false;                // see group_is_spoiled
    std::optional<Error> group_failure_;  // what ended the group's transaction
};

}  // namespace latchkey::sqlite
