// The write lane on a real store, with many threads: what is acknowledged is there, what is not is
// not, and no job disturbs another. The TSan preset runs this too.

#include "database/write_lane.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <latch>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "testing/databases.hpp"
#include "testing/transactions.hpp"

namespace latchkey::database {
namespace {

using testing::must;

constexpr Sql make_table = "CREATE TABLE notes (thread INTEGER, number INTEGER) STRICT";
constexpr Sql insert_note = "INSERT INTO notes (thread, number) VALUES (?1, ?2)";
constexpr Sql count_notes = "SELECT count(*) FROM notes";
constexpr Sql count_notes_of_even = "SELECT count(*) FROM notes WHERE number % 2 = 0";
constexpr Sql insert_nowhere = "INSERT INTO nowhere (number) VALUES (?1)";

void ignore(const Result<void>&, AnswerBatch&) {}

/// Holds a lane, which it outlives, until it is released: what is submitted meanwhile becomes one
/// group.
class Hold {
public:
    void take(WriteLane& lane) {
        EXPECT_TRUE(lane.submit({.run =
                                     [this](WriteGroup&) {
                                         started_.count_down();
                                         go_on_.wait();
                                     },
                                 .done = ignore}));
        started_.wait();
    }
    void release() { go_on_.count_down(); }

private:
    std::latch started_{1};
    std::latch go_on_{1};
};

class WriteLanes : public ::testing::Test {
protected:
    WriteLanes() {
        const auto tx = must(testing::begin_write(*database_));
        must(tx->execute(make_table, {}));
        must(tx->commit());
    }

    static Result<void> insert(WriteGroup& group, std::int64_t thread, std::int64_t number) {
        auto tx = TRY(group.begin());
        TRY(tx->execute(insert_note, {thread, number}));
        return tx->commit();
    }
    std::int64_t count(Sql sql) {
        const auto tx = must(database_->read());
        return must(tx->find(sql, {}, [](const Row& row) { return row.integer(0); })).value_or(-1);
    }
    /// Runs one job to its end.
    Result<void> run(WriteLane& lane, std::move_only_function<void(WriteGroup&) const> work) {
        Result<void> result;
        std::latch finished(1);
        const bool accepted =
            lane.submit({.run = std::move(work), .done = [&](Result<void> durable, AnswerBatch&) {
                             result = std::move(durable);
                             finished.count_down();
                         }});
        EXPECT_TRUE(accepted);
        finished.wait();
        return result;
    }

    testing::SqliteDataSet data_set_;
    std::unique_ptr<Database> database_ = must(data_set_.open());
};

TEST_F(WriteLanes, KeepEveryAcknowledgedJobOfManyThreads) {
    constexpr int threads = 8;
    constexpr int jobs_of_each = 200;
    std::atomic<int> durable = 0;
    std::latch finished(threads * jobs_of_each);
    {
        WriteLane lane(*database_);
        std::vector<std::jthread> submitters;
        for (int thread = 0; thread < threads; ++thread) {
            submitters.emplace_back([&, thread] {
                for (int i = 0; i < jobs_of_each; ++i) {
                    const bool accepted = lane.submit(
                        {.run = [thread, i](WriteGroup& group) { must(insert(group, thread, i)); },
                         .done =
                             [&](const Result<void>& kept, AnswerBatch&) {
                                 if (kept) ++durable;
                                 finished.count_down();
                             }});
                    EXPECT_TRUE(accepted);
                }
            });
        }
        finished.wait();
        EXPECT_EQ(count(count_notes), threads * jobs_of_each);
    }
    EXPECT_EQ(durable, threads * jobs_of_each);
}

/// Writes down when it is woken.
class Waker final : public Wakeable {
public:
    explicit Waker(std::string& seen) noexcept : seen_(seen) {}
    void wake() noexcept override { seen_ += ')'; }

private:
    std::string& seen_;
};

TEST_F(WriteLanes, WakeWhoWaitsAfterTheLastAnswerOfAGroup) {
    std::string seen;  // the lane's thread alone writes it; the test reads when the lane is gone
    const auto waker = std::make_shared<Waker>(seen);
    std::latch all_are_there(1);
    {
        WriteLane lane(*database_);
        const auto answer = [&](const Result<void>&, AnswerBatch& answers) {
            if (seen.empty() || seen.back() == ')') answers.wake_afterwards(waker);
            seen += '.';
        };
        ASSERT_TRUE(
            lane.submit({.run = [&](WriteGroup&) { all_are_there.wait(); }, .done = answer}));
        for (int i = 0; i < 3; ++i) {
            ASSERT_TRUE(lane.submit({.run = [](WriteGroup&) {}, .done = answer}));
        }
        all_are_there.count_down();
    }
    // How many jobs the first group has depends on when the lane begins it.
    EXPECT_THAT(seen, ::testing::AnyOf("....)", ".)...)", "..)..)", "...).)"));
}

TEST_F(WriteLanes, ShowWhatIsDurableToEveryReader) {
    WriteLane lane(*database_);
    constexpr int rounds = 100;
    for (int i = 1; i <= rounds; ++i) {
        ASSERT_TRUE(run(lane, [i](WriteGroup& group) { must(insert(group, 0, i)); }));
        EXPECT_EQ(count(count_notes), i);
    }
}

TEST_F(WriteLanes, UndoAJobThatDoesNotCommitAndKeepTheOthers) {
    constexpr int jobs = 100;
    std::latch finished(jobs);
    WriteLane lane(*database_);
    for (int i = 0; i < jobs; ++i) {
        ASSERT_TRUE(lane.submit(
            {.run =
                 [i](WriteGroup& group) {
                     const auto tx = must(group.begin());
                     must(tx->execute(insert_note, {0, i}));
                     if (i % 2 == 0) must(tx->commit());
                 },
             .done = [&](const Result<void>&, AnswerBatch&) { finished.count_down(); }}));
    }
    finished.wait();
    EXPECT_EQ(count(count_notes), jobs / 2);
    EXPECT_EQ(count(count_notes_of_even), jobs / 2);
}

TEST_F(WriteLanes, RunAGroupAgainWhenAJobLeavesItsChangesBehind) {
    constexpr int jobs = 10;
    std::array<std::atomic<int>, jobs> runs{};
    std::latch finished(jobs);
    Hold hold;
    WriteLane lane(*database_);
    hold.take(lane);
    for (int i = 0; i < jobs; ++i) {
        ASSERT_TRUE(lane.submit({.run =
                                     [&, i](WriteGroup& group) {
                                         ++runs.at(static_cast<std::size_t>(i));
                                         const auto tx = must(group.begin());
                                         must(tx->execute(insert_note, {0, i}));
                                         if (i != jobs / 2) must(tx->commit());
                                     },
                                 .done =
                                     [&](const Result<void>& durable, AnswerBatch&) {
                                         EXPECT_TRUE(durable);
                                         finished.count_down();
                                     }}));
    }
    hold.release();
    finished.wait();
    EXPECT_EQ(count(count_notes), jobs - 1);
    EXPECT_EQ(runs.front(), 2);
    EXPECT_EQ(runs.back(), 1);  // the first time ended before it
}

struct Promised {
    int codes = 0;
};

// Six ask for a code, of which a limit allows five; a seventh writes and leaves, so that all of
// them run twice. What the group has promised counts, what it has kept is charged.
TEST_F(WriteLanes, ChargeALimitOnceBesideASpoiledGroup) {
    constexpr int limit = 5;
    constexpr int asking = 6;
    int charged = 0;  // these three: the lane's thread alone, until it is gone
    int runs = 0;
    int charged_at_answers = 0;
    bool left_effect = false;
    {
        Hold hold;
        WriteLane lane(*database_);
        hold.take(lane);
        for (int i = 0; i < asking; ++i) {
            const auto ask = [&, i](WriteGroup& group) {
                ++runs;
                const auto tx = must(group.begin());
                int& promised = tx->group_local<Promised>().codes;
                if (charged + promised >= limit) return;
                ++promised;
                tx->after_commit([&] { ++charged; });
                must(tx->execute(insert_note, {0, i}));
                must(tx->commit());
            };
            ASSERT_TRUE(
                lane.submit({.run = ask, .done = [&](const Result<void>& durable, AnswerBatch&) {
                                 EXPECT_TRUE(durable);
                                 if (charged_at_answers == 0) charged_at_answers = charged;
                             }}));
        }
        const auto leave = [&](WriteGroup& group) {
            const auto tx = must(group.begin());
            tx->after_commit([&] { left_effect = true; });
            must(tx->execute(insert_note, {0, asking}));
        };
        ASSERT_TRUE(lane.submit({.run = leave, .done = ignore}));
        hold.release();
    }
    EXPECT_EQ(runs, 2 * asking);
    EXPECT_EQ(charged, limit);
    EXPECT_EQ(charged_at_answers, limit) << "effects come before the first answer";
    EXPECT_FALSE(left_effect);
    EXPECT_EQ(count(count_notes), limit);
}

TEST_F(WriteLanes, ReportAnEffectThatThrowsAndRunTheOthers) {
    std::vector<std::string> bugs;
    bool ran = false;
    {
        WriteLane lane(*database_, [&](std::string_view what) { bugs.emplace_back(what); });
        EXPECT_TRUE(run(lane, [&](WriteGroup& group) {
            const auto tx = must(group.begin());
            tx->after_commit([] { throw std::runtime_error("a bug"); });
            tx->after_commit([&] { ran = true; });
            must(tx->execute(insert_note, {0, 1}));
            must(tx->commit());
        }));
    }
    EXPECT_EQ(bugs, std::vector<std::string>{"a bug"});
    EXPECT_TRUE(ran);
    EXPECT_EQ(count(count_notes), 1);
}

TEST_F(WriteLanes, KeepWhatARefusalCommittedBeforeItsNeighbourSpoiledTheGroup) {
    {
        Hold hold;
        WriteLane lane(*database_);
        hold.take(lane);
        const auto refuse = [](WriteGroup& group) {
            const auto tx = must(group.begin());
            must(tx->execute(insert_note, {0, 1}));
            must(tx->commit());
            must(tx->execute(insert_note, {0, 2}));
        };
        ASSERT_TRUE(lane.submit({.run = refuse, .done = ignore}));
        ASSERT_TRUE(lane.submit(
            {.run = [](WriteGroup& group) { must(insert(group, 0, 3)); }, .done = ignore}));
        hold.release();
    }
    EXPECT_EQ(count(count_notes), 2);
}

TEST_F(WriteLanes, RunAJobOnceThatLeavesNothingBehind) {
    std::atomic<int> runs = 0;
    WriteLane lane(*database_);
    EXPECT_TRUE(run(lane, [&](WriteGroup& group) {
        ++runs;
        const auto tx = must(group.begin());
        must(tx->execute("DELETE FROM notes WHERE number = -1", {}));
    }));
    EXPECT_EQ(runs, 1);
}

TEST_F(WriteLanes, SurviveAStatementThatFails) {
    WriteLane lane(*database_);
    EXPECT_TRUE(run(lane, [](WriteGroup& group) {
        const auto tx = must(group.begin());
        must(tx->execute(insert_note, {0, 1}));
        EXPECT_FALSE(tx->execute(insert_nowhere, {1}));
    }));
    EXPECT_TRUE(run(lane, [](WriteGroup& group) { must(insert(group, 0, 2)); }));
    EXPECT_EQ(count(count_notes), 1);
}

TEST_F(WriteLanes, ReportAJobThatThrowsAndUndoIt) {
    WriteLane lane(*database_);
    const auto thrown = run(lane, [](WriteGroup& group) {
        const auto tx = must(group.begin());
        must(tx->execute(insert_note, {0, 1}));
        throw std::runtime_error("a bug");
    });
    ASSERT_FALSE(thrown);
    EXPECT_EQ(thrown.error().code, ErrorCode::internal);
    EXPECT_TRUE(run(lane, [](WriteGroup& group) { must(insert(group, 0, 2)); }));
    EXPECT_EQ(count(count_notes), 1);
}

TEST_F(WriteLanes, LetAJobReadWhatEarlierOnesWrote) {
    WriteLane lane(*database_);
    EXPECT_TRUE(run(lane, [](WriteGroup& group) {
        must(insert(group, 0, 1));
        const auto tx = must(group.begin());
        EXPECT_EQ(must(tx->find(count_notes, {}, [](const Row& row) { return row.integer(0); })),
                  1);
    }));
}

TEST_F(WriteLanes, RefuseWhatDoesNotFitIntoTheQueue) {
    std::latch started(1);
    std::latch go_on(1);
    WriteLane lane(*database_);
    ASSERT_TRUE(lane.submit({.run =
                                 [&](WriteGroup&) {
                                     started.count_down();
                                     go_on.wait();
                                 },
                             .done = ignore}));
    started.wait();
    for (std::size_t i = 0; i < WriteLane::max_waiting; ++i) {
        ASSERT_TRUE(lane.submit({.run = [](WriteGroup&) {}, .done = ignore}));
    }
    EXPECT_FALSE(lane.submit({.run = [](WriteGroup&) {}, .done = ignore}));
    go_on.count_down();
}

TEST_F(WriteLanes, FinishWhatTheyAcceptedWhenTheyGo) {
    constexpr int jobs = 300;
    std::atomic<int> durable = 0;
    {
        WriteLane lane(*database_);
        for (int i = 0; i < jobs; ++i) {
            ASSERT_TRUE(lane.submit({.run = [i](WriteGroup& group) { must(insert(group, 0, i)); },
                                     .done =
                                         [&](const Result<void>& kept, AnswerBatch&) {
                                             if (kept) ++durable;
                                         }}));
        }
    }
    EXPECT_EQ(durable, jobs);
    EXPECT_EQ(count(count_notes), jobs);
}

TEST_F(WriteLanes, OfSeveralProcessesTakeTurns) {
    // Each Database is what another process would have: connections and a lane of its own.
    constexpr int processes = 3;
    constexpr int jobs_of_each = 150;
    std::atomic<int> durable = 0;
    std::vector<std::unique_ptr<Database>> databases;
    for (int i = 0; i < processes; ++i) databases.push_back(must(data_set_.open()));
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < processes; ++i) {
            threads.emplace_back([&, i] {
                Database& database = *databases[static_cast<std::size_t>(i)];
                WriteLane lane(database);
                for (int n = 0; n < jobs_of_each; ++n) {
                    const auto kept = run(lane, [i, n](WriteGroup& group) {
                        const auto tx = must(group.begin());
                        must(tx->execute(insert_note, {i, n}));
                        must(tx->commit());
                    });
                    if (kept) ++durable;
                }
            });
        }
    }
    EXPECT_EQ(durable, processes * jobs_of_each);
    EXPECT_EQ(count(count_notes), processes * jobs_of_each);
}

}  // namespace
}  // namespace latchkey::database
