// Running a group to its end: spoiled, overtaken, refused, and by whom it is waited for.

#include "database/run_write.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "database/write_lane.hpp"
#include "testing/databases.hpp"
#include "testing/overtaking_database.hpp"

namespace latchkey::database {
namespace {

using testing::must;
using testing::OvertakenAt;

constexpr Sql make_table = "CREATE TABLE notes (number BIGINT PRIMARY KEY)";
constexpr Sql insert_note = "INSERT INTO notes (number) VALUES (?1)";
constexpr Sql count_notes = "SELECT count(*) FROM notes";

class RunWrite : public ::testing::Test {
protected:
    RunWrite() {
        must(run_write(*real_, [](WriteTransaction& tx) -> Result<void> {
            TRY(tx.execute(make_table, {}));
            return {};
        }));
    }
    std::int64_t count() {
        const auto tx = must(real_->read());
        return must(tx->find(count_notes, {}, [](const Row& row) { return row.integer(0); }))
            .value_or(-1);
    }
    /// Inserts a note; how often it ran is in runs_, and how often its effect in effects_.
    Result<int> insert(WriteTransaction& tx, int number) {
        ++runs_;
        tx.after_commit([this] { ++effects_; });
        TRY(tx.execute(insert_note, {number}));
        return number;
    }
    auto insert(int number) {
        return [this, number](WriteTransaction& tx) { return insert(tx, number); };
    }

    testing::SqliteDataSet data_set_;
    std::unique_ptr<Database> real_ = must(data_set_.open());
    testing::OvertakingDatabase database_{*real_};
    int runs_ = 0;
    int effects_ = 0;
};

TEST_F(RunWrite, KeepsWhatSucceededAndAnswersIt) {
    EXPECT_EQ(run_write(database_, insert(1)), 1);
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(runs_, 1);
    EXPECT_EQ(effects_, 1);
}

TEST_F(RunWrite, KeepsNothingOfAnError) {
    const auto refused = run_write(database_, [this](WriteTransaction& tx) -> Result<int> {
        TRY(insert(tx, 1));
        return fail(ErrorCode::expired, "Too late");
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::expired);
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(runs_, 1);
    EXPECT_EQ(effects_, 0);
}

TEST_F(RunWrite, KeepsWhatARefusalCommittedItself) {
    const auto refused = run_write(database_, [this](WriteTransaction& tx) -> Result<int> {
        TRY(insert(tx, 1));
        TRY(tx.commit());
        TRY(insert(tx, 2));
        return fail(ErrorCode::invalid_token, "It was used");
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_token);
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(effects_, 1);
}

TEST_F(RunWrite, RunsAgainWhereverItWasOvertaken) {
    int expected = 0;
    for (const OvertakenAt at :
         {OvertakenAt::group_begin, OvertakenAt::statement, OvertakenAt::group_commit}) {
        runs_ = 0;
        database_.overtake(at, 2);
        ++expected;
        EXPECT_EQ(run_write(database_, insert(expected)), expected);
        EXPECT_EQ(runs_, at == OvertakenAt::group_begin ? 1 : 3);
        EXPECT_EQ(effects_, expected) << "once each, however often it ran";
        EXPECT_EQ(count(), expected);
    }
}

TEST_F(RunWrite, GivesUpWhenItIsOvertakenTooOften) {
    database_.overtake(OvertakenAt::group_commit, max_overtaken + 5);
    const auto kept = run_write(database_, insert(1));
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().code, ErrorCode::serialization_failure);
    EXPECT_EQ(class_of(kept.error().code), ErrorClass::busy);
    EXPECT_EQ(runs_, max_overtaken + 1);
    EXPECT_EQ(effects_, 0);
    EXPECT_EQ(count(), 0);
}

TEST_F(RunWrite, DoesNotTakeAnErrorOfTheWorkForOneOfTheStore) {
    const auto refused = run_write(database_, [this](WriteTransaction& tx) -> Result<int> {
        TRY(insert(tx, 1));
        return insert(tx, 1);
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_EQ(database_.begun(), 1);
}

TEST_F(RunWrite, LetsABugOut) {
    const auto throwing = [this](WriteTransaction& tx) -> Result<int> {
        TRY(insert(tx, 1));
        throw std::runtime_error("a bug");
    };
    EXPECT_THROW((void)run_write(database_, throwing), std::runtime_error);
    EXPECT_EQ(count(), 0);
    const auto bad_effect = [this](WriteTransaction& tx) -> Result<int> {
        tx.after_commit([] { throw std::runtime_error("a bug"); });
        return insert(tx, 1);
    };
    EXPECT_THROW((void)run_write(database_, bad_effect), std::runtime_error);
    EXPECT_EQ(count(), 1) << "it was durable";
    EXPECT_EQ(effects_, 1) << "the others ran";
}

TEST_F(RunWrite, WaitsForTheLaneWhereThereIsOne) {
    WriteLane lane(database_);
    database_.overtake(OvertakenAt::statement, 1);
    EXPECT_EQ(run_on_lane(lane, insert(1)), 1);
    EXPECT_EQ(runs_, 2);
    EXPECT_EQ(effects_, 1);
    EXPECT_EQ(run_on_lane(lane, insert(1)).error().code, ErrorCode::conflict);
    database_.overtake(OvertakenAt::group_commit, max_overtaken + 1);
    EXPECT_EQ(run_on_lane(lane, insert(2)).error().code, ErrorCode::serialization_failure);
    EXPECT_EQ(count(), 1);
}

}  // namespace
}  // namespace latchkey::database
