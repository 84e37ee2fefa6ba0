#pragma once

// A database whose groups are overtaken by another writer, as often and as early as a test says;
// everything else goes through to the real one. What a driver for a network database will report
// by itself (SQLSTATE 40001).

#include <memory>
#include <utility>

#include "database/database.hpp"

namespace latchkey::testing {

/// Which call of a group brings the news.
enum class OvertakenAt : std::uint8_t { group_begin, statement, group_commit };

class OvertakingDatabase final : public database::Database {
public:
    explicit OvertakingDatabase(database::Database& real) noexcept : real_(real) {}

    /// So many groups from now on.
    void overtake(OvertakenAt at, int groups) {
        at_ = at;
        groups_ = groups;
    }
    [[nodiscard]] int begun() const noexcept { return begun_; }

    Result<std::unique_ptr<database::WriteGroup>> begin_group(
        database::Isolation isolation) override {
        ++begun_;
        const bool doomed = groups_ > 0;
        if (doomed) --groups_;
        if (doomed && at_ == OvertakenAt::group_begin) return overtaken();
        auto real = TRY(real_.begin_group(isolation));
        return std::make_unique<Group>(std::move(real), doomed ? std::optional(at_) : std::nullopt);
    }
    Result<std::unique_ptr<database::ReadTransaction>> read() override { return real_.read(); }

private:
    static Failure overtaken() {
        return fail(ErrorCode::serialization_failure, "The storage is busy. Try again.",
                    "another writer was first");
    }

    class Group final : public database::WriteGroup {
    public:
        Group(std::unique_ptr<database::WriteGroup> real, std::optional<OvertakenAt> at) noexcept
            : real_(std::move(real)), at_(at) {}

        Result<std::unique_ptr<database::WriteTransaction>> begin() override {
            if (is_overtaken_) return overtaken();
            auto write = TRY(real_->begin());
            return std::make_unique<Write>(*this, std::move(write));
        }
        database::GroupState state() const noexcept override {
            return is_overtaken_ ? database::GroupState::overtaken : real_->state();
        }

        /// Whether this is the call that brings the news.
        [[nodiscard]] bool hits(OvertakenAt at) {
            if (at_ == at) is_overtaken_ = true;
            return is_overtaken_;
        }

    private:
        Result<void> make_durable() override {
            if (hits(OvertakenAt::group_commit)) return overtaken();
            return real_->commit();
        }

        std::unique_ptr<database::WriteGroup> real_;
        std::optional<OvertakenAt> at_;
        bool is_overtaken_ = false;
    };

    class Write final : public database::WriteTransaction {
    public:
        Write(Group& group, std::unique_ptr<database::WriteTransaction> real) noexcept
            : database::WriteTransaction(group), group_(group), real_(std::move(real)) {}
        Result<std::unique_ptr<database::Cursor>> query(database::Sql sql,
                                                        database::Params params) override {
            return real_->query(sql, params);
        }
        Result<std::int64_t> execute(database::Sql sql, database::Params params) override {
            if (group_.hits(OvertakenAt::statement)) return overtaken();
            return real_->execute(sql, params);
        }

    private:
        Result<void> keep() override { return real_->commit(); }

        Group& group_;
        std::unique_ptr<database::WriteTransaction> real_;
    };

    database::Database& real_;
    OvertakenAt at_ = OvertakenAt::statement;
    int groups_ = 0;
    int begun_ = 0;
};

}  // namespace latchkey::testing
