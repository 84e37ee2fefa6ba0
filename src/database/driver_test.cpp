// What every driver must do, without an engine's words: a new driver adds itself to engines().

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "database/database.hpp"
#include "database/run_write.hpp"
#include "testing/store_suite.hpp"

namespace latchkey::database {
namespace {

using testing::must;

constexpr Sql make_table = "CREATE TABLE driver_notes (number BIGINT PRIMARY KEY, body TEXT)";
constexpr Sql insert_note = "INSERT INTO driver_notes (number, body) VALUES (?1, ?2)";
constexpr Sql update_note = "UPDATE driver_notes SET body = ?2 WHERE number = ?1";
constexpr Sql delete_none = "DELETE FROM driver_notes WHERE number = -1";
constexpr Sql count_notes = "SELECT count(*) FROM driver_notes";
constexpr Sql all_notes = "SELECT number FROM driver_notes ORDER BY number";
constexpr Sql one_number = "SELECT number FROM driver_notes WHERE number = ?1";
constexpr Sql one_note = "SELECT body FROM driver_notes WHERE number = ?1";
constexpr Sql double_all = "INSERT INTO driver_notes (number) SELECT number * 2 FROM driver_notes";
constexpr Sql move_note = "UPDATE driver_notes SET number = ?2 WHERE number = ?1";
constexpr Sql wrong = "INSERT INTO driver_nowhere (number) VALUES (1)";

std::int64_t number_of(const Row& row) { return row.integer(0); }

class Drivers : public ::testing::TestWithParam<testing::Engine> {
protected:
    Drivers() : data_set_(GetParam().make()), database_(must(data_set_->open())) {
        must(run_write(*database_, [](WriteTransaction& tx) -> Result<void> {
            TRY(tx.execute(make_table, {}));
            return {};
        }));
    }

    static Result<void> insert(WriteTransaction& tx, std::int64_t number) {
        TRY(tx.execute(insert_note, {number, std::string_view("text")}));
        return {};
    }
    static Result<void> insert(WriteGroup& group, std::int64_t number) {
        return write_in(group, [number](WriteTransaction& tx) { return insert(tx, number); });
    }
    Result<void> insert(std::int64_t number) {
        return run_write(*database_, [number](WriteTransaction& tx) { return insert(tx, number); });
    }
    static std::int64_t count(ReadTransaction& tx) {
        return must(tx.find(count_notes, {}, number_of)).value_or(-1);
    }
    std::int64_t count() { return count(*must(database_->read())); }
    /// As a thread sees it that has nothing to do with the group.
    std::int64_t count_elsewhere() {
        std::int64_t seen = -1;
        std::thread([&] { seen = count(); }).join();
        return seen;
    }
    std::unique_ptr<WriteGroup> begin(Isolation isolation) {
        return must(database_->begin_group(isolation));
    }
    Effect note(int what) {
        return [this, what] { noted_.push_back(what); };
    }

    std::unique_ptr<testing::DataSet> data_set_;
    std::unique_ptr<Database> database_;
    std::vector<int> noted_;
};
INSTANTIATE_TEST_SUITE_P(On, Drivers, ::testing::ValuesIn(testing::engines()),
                         testing::engine_name);

TEST_P(Drivers, MakeAGroupDurableAtItsEndAndNotBefore) {
    for (const Isolation isolation : {Isolation::joint, Isolation::isolated}) {
        const std::int64_t before = count();
        const auto group = begin(isolation);
        must(insert(*group, before + 1));
        must(insert(*group, before + 2));
        EXPECT_EQ(count(*must(group->begin())), before + 2) << "inside";
        EXPECT_EQ(count_elsewhere(), before);
        must(group->commit());
        EXPECT_EQ(group->state(), GroupState::sound);
        EXPECT_EQ(count_elsewhere(), before + 2);
    }
}

TEST_P(Drivers, KeepNothingOfAGroupThatGoesWithoutACommit) {
    for (const Isolation isolation : {Isolation::joint, Isolation::isolated}) {
        must(insert(*begin(isolation), 1));
        EXPECT_EQ(count(), 0);
    }
}

TEST_P(Drivers, KeepNothingOfAJointGroupThatATransactionSpoils) {
    const auto group = begin(Isolation::joint);
    must(insert(*group, 1));
    {
        const auto tx = must(group->begin());
        must(insert(*tx, 2));
    }
    EXPECT_EQ(group->state(), GroupState::spoiled);
    EXPECT_FALSE(insert(*group, 3));
    EXPECT_FALSE(group->commit());
    EXPECT_EQ(group->state(), GroupState::spoiled);
    EXPECT_EQ(count(), 0);
}

TEST_P(Drivers, DoNotSpoilAGroupByATransactionThatChangedNothing) {
    const auto group = begin(Isolation::joint);
    must(insert(*group, 1));
    {
        const auto tx = must(group->begin());
        EXPECT_EQ(must(tx->execute(delete_none, {})), 0);
    }
    EXPECT_EQ(group->state(), GroupState::sound);
    must(group->commit());
    EXPECT_EQ(count(), 1);
}

TEST_P(Drivers, TakeBackOneTransactionOfAnIsolatedGroup) {
    const auto group = begin(Isolation::isolated);
    must(insert(*group, 1));
    {
        const auto tx = must(group->begin());
        must(insert(*tx, 2));
        EXPECT_EQ(count(*tx), 2);
    }
    EXPECT_EQ(group->state(), GroupState::sound);
    must(insert(*group, 3));
    must(group->commit());
    EXPECT_EQ(count(), 2);
}

TEST_P(Drivers, GoOnAfterARefusedStatement) {
    const auto group = begin(Isolation::isolated);
    {
        const auto tx = must(group->begin());
        must(insert(*tx, 1));
        EXPECT_EQ(insert(*tx, 1).error().code, ErrorCode::conflict);
        must(insert(*tx, 2));
        must(tx->commit());
    }
    must(group->commit());
    EXPECT_EQ(count(), 2);
}

TEST_P(Drivers, DoNothingOfAStatementThatAConstraintRefusesAndEndNothingElse) {
    must(insert(1));
    for (const Isolation isolation : {Isolation::joint, Isolation::isolated}) {
        const std::int64_t before = count();
        const auto group = begin(isolation);
        {
            const auto tx = must(group->begin());
            must(insert(*tx, 2 * before + 2));
            EXPECT_EQ(insert(*tx, 1).error().code, ErrorCode::conflict) << "a durable row";
            EXPECT_EQ(tx->execute(move_note, {1, 2 * before + 2}).error().code, ErrorCode::conflict)
                << "its own row";
            must(insert(*tx, 2 * before + 4));
            must(tx->commit());
        }
        {
            const auto tx = must(group->begin());
            EXPECT_EQ(insert(*tx, 2 * before + 4).error().code, ErrorCode::conflict)
                << "a row of the group";
        }
        EXPECT_EQ(group->state(), GroupState::sound);
        must(group->commit());
        EXPECT_EQ(count(), before + 2);
        EXPECT_EQ(must(must(database_->read())->find(one_number, {1}, number_of)), 1);
    }
}

TEST_P(Drivers, DoNoRowOfAStatementWhenAConstraintRefusesOne) {
    must(insert(1));
    must(insert(3));
    must(insert(6));
    const auto group = begin(Isolation::isolated);
    {
        const auto tx = must(group->begin());
        EXPECT_EQ(tx->execute(double_all, {}).error().code, ErrorCode::conflict) << "3 and 6";
        EXPECT_EQ(count(*tx), 3);
        must(tx->commit());
    }
    must(group->commit());
    EXPECT_EQ(count(), 3);
}

TEST_P(Drivers, SurviveAWrongStatement) {
    const auto group = begin(Isolation::isolated);
    must(insert(*group, 1));
    EXPECT_FALSE(must(group->begin())->execute(wrong, {}));
    must(insert(*group, 2));
    must(group->commit());
    EXPECT_EQ(count(), 2);
}

// A refusal that sticks commits, and then answers its error.
TEST_P(Drivers, KeepWhatWasCommittedBeforeMoreWasWritten) {
    const auto group = begin(Isolation::isolated);
    {
        const auto tx = must(group->begin());
        must(insert(*tx, 1));
        must(tx->commit());
        must(insert(*tx, 2));
        must(tx->commit());
        must(insert(*tx, 3));
    }
    must(group->commit());
    EXPECT_EQ(count(), 2);
}

TEST_P(Drivers, SpoilAJointGroupByWhatIsWrittenAfterTheLastCommit) {
    const auto group = begin(Isolation::joint);
    {
        const auto tx = must(group->begin());
        must(insert(*tx, 1));
        must(tx->commit());
        must(insert(*tx, 2));
    }
    EXPECT_EQ(group->state(), GroupState::spoiled);
}

TEST_P(Drivers, RefuseWhatIsOutOfOrder) {
    const auto group = begin(Isolation::isolated);
    {
        const auto tx = must(group->begin());
        EXPECT_EQ(group->begin().error().code, ErrorCode::internal) << "one at a time";
        EXPECT_EQ(group->commit().error().code, ErrorCode::internal) << "one is open";
    }
    must(insert(*group, 1));
    must(group->commit());
    EXPECT_EQ(group->begin().error().code, ErrorCode::internal) << "it is over";
    EXPECT_EQ(group->commit().error().code, ErrorCode::internal) << "once";
    EXPECT_EQ(count(), 1);
}

TEST_P(Drivers, LetAGroupGoFromOneThreadToAnother) {
    auto group = begin(Isolation::isolated);
    must(insert(*group, 1));
    std::thread([&] {
        must(insert(*group, 2));
        must(group->commit());
        group.reset();
    }).join();
    EXPECT_EQ(count(), 2);
    must(insert(3));
}

TEST_P(Drivers, RunEffectsOnceAndInOrderWhenTheGroupIsDurable) {
    const auto group = begin(Isolation::joint);
    for (const int number : {1, 2}) {
        const auto tx = must(group->begin());
        tx->after_commit([this, number] {
            EXPECT_EQ(count_elsewhere(), 2) << "durable";
            noted_.push_back(number);
        });
        must(insert(*tx, number));
        must(tx->commit());
    }
    EXPECT_EQ(noted_, std::vector<int>{});
    must(group->commit());
    EXPECT_EQ(noted_, (std::vector<int>{1, 2}));
}

TEST_P(Drivers, RunNoEffectOfWhatIsNotKept) {
    {
        const auto group = begin(Isolation::isolated);
        {
            const auto tx = must(group->begin());
            tx->after_commit(note(1));
            must(insert(*tx, 1));
            must(tx->commit());
            tx->after_commit(note(2));  // after the last commit
            must(insert(*tx, 2));
        }
        {
            const auto tx = must(group->begin());
            tx->after_commit(note(3));  // never committed
        }
        must(group->commit());
        EXPECT_EQ(noted_, std::vector<int>{1});
    }
    const auto group = begin(Isolation::joint);
    {
        const auto tx = must(group->begin());
        tx->after_commit(note(4));
        must(tx->commit());
        must(insert(*tx, 4));  // spoils it
    }
    EXPECT_FALSE(group->commit());
    EXPECT_EQ(noted_, std::vector<int>{1});
}

TEST_P(Drivers, RunTheOtherEffectsWhenOneThrows) {
    const auto group = begin(Isolation::isolated);
    {
        const auto tx = must(group->begin());
        tx->after_commit(note(1));
        tx->after_commit([] { throw std::runtime_error("a bug"); });
        tx->after_commit(note(2));
        must(insert(*tx, 1));
        must(tx->commit());
    }
    EXPECT_TRUE(group->commit());
    EXPECT_EQ(noted_, (std::vector<int>{1, 2}));
    EXPECT_EQ(group->thrown().size(), 1U);
    EXPECT_EQ(count(), 1);
}

TEST_P(Drivers, GiveEachGroupMemoryOfItsOwn) {
    struct Counted {
        explicit Counted() = default;
        std::shared_ptr<int> value = std::make_shared<int>(0);
    };
    std::weak_ptr<int> first;
    {
        const auto group = begin(Isolation::joint);
        ++*group->local<Counted>().value;
        group->local<std::string>() = "another type";
        {
            const auto tx = must(group->begin());
            ++*tx->group_local<Counted>().value;
        }
        EXPECT_EQ(*group->local<Counted>().value, 2);
        EXPECT_EQ(group->local<std::string>(), "another type");
        first = group->local<Counted>().value;
    }
    EXPECT_TRUE(first.expired()) << "it goes with the group";
    EXPECT_EQ(*begin(Isolation::joint)->local<Counted>().value, 0);
}

TEST_P(Drivers, ShowAReaderOneStateToItsEnd) {
    must(insert(1));
    const auto tx = must(database_->read());
    EXPECT_EQ(count(*tx), 1);
    must(insert(2));
    EXPECT_EQ(count(*tx), 1);
}

TEST_P(Drivers, WalkTwoCursorsOfOneStatementAtOnce) {
    for (int i = 1; i <= 3; ++i) must(insert(i));
    const auto tx = must(database_->read());
    const auto outer = must(tx->query(all_notes, {}));
    int pairs = 0;
    while (must(outer->next()) != nullptr) {
        const auto inner = must(tx->query(all_notes, {}));
        while (must(inner->next()) != nullptr) ++pairs;
    }
    EXPECT_EQ(pairs, 9);
}

TEST_P(Drivers, CountTheRowsThatAStatementChanged) {
    must(insert(1));
    must(run_write(*database_, [](WriteTransaction& tx) -> Result<void> {
        EXPECT_EQ(TRY(tx.execute(update_note, {1, std::string_view("other")})), 1);
        EXPECT_EQ(TRY(tx.execute(update_note, {2, std::string_view("other")})), 0);
        return {};
    }));
    const auto text = [](const Row& row) { return std::string(row.text(0)); };
    EXPECT_EQ(must(must(database_->read())->find(one_note, {1}, text)), "other");
}

TEST_P(Drivers, BehaveAsIfGroupsRanOneAfterTheOther) {
    // Many write what they have read: a lost update would show in the sum.
    constexpr int threads = 4;
    constexpr int times = 25;
    must(run_write(*database_, [](WriteTransaction& tx) -> Result<void> {
        TRY(tx.execute(insert_note, {1, std::string_view("0")}));
        return {};
    }));
    const auto text = [](const Row& row) { return std::string(row.text(0)); };
    {
        std::vector<std::jthread> writers;
        for (int thread = 0; thread < threads; ++thread) {
            writers.emplace_back([&] {
                for (int i = 0; i < times; ++i) {
                    must(run_write(*database_, [&](WriteTransaction& tx) -> Result<void> {
                        const auto before = TRY(tx.find(one_note, {1}, text));
                        const int next = std::stoi(before.value_or("0")) + 1;
                        TRY(tx.execute(update_note, {1, std::to_string(next)}));
                        return {};
                    }));
                }
            });
        }
    }
    EXPECT_EQ(must(must(database_->read())->find(one_note, {1}, text)),
              std::to_string(threads * times));
}

TEST_P(Drivers, ShowReadersWholeGroupsOnly) {
    // Each group inserts two: nobody ever sees an odd number.
    constexpr int groups = 60;
    std::jthread reader([this](const std::stop_token& stop) {
        while (!stop.stop_requested()) EXPECT_EQ(count() % 2, 0);
    });
    for (int i = 0; i < groups; ++i) {
        const auto group = begin(i % 2 == 0 ? Isolation::joint : Isolation::isolated);
        must(insert(*group, 2 * i));
        must(insert(*group, 2 * i + 1));
        must(group->commit());
        EXPECT_EQ(count_elsewhere(), 2 * (i + 1)) << "what is acknowledged is there";
    }
}

}  // namespace
}  // namespace latchkey::database
