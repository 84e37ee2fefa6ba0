#include "jobs/chores.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <semaphore>
#include <stdexcept>
#include <string>

#include "testing/delegation_world.hpp"
#include "testing/log_file.hpp"

namespace latchkey::jobs {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ChoresTest : public ::testing::Test {
protected:
    Chore chore(Literal name, Chore::AtTheEnd at_the_end = Chore::AtTheEnd::is_left) {
        return {name,
                [this, name](const Round&) -> Result<void> {
                    done_.emplace_back(name.view());
                    return {};
                },
                at_the_end};
    }
    Upkeep::Services services() { return {*database_, *lane_, clock_, log_.log()}; }
    static constexpr Worker::Options options{.name = "test",
                                             .interval = std::chrono::hours(1),
                                             .first_round = Worker::FirstRound::at_once};

    latchkey::testing::ManualClock clock_;
    latchkey::testing::LogFile log_{clock_};
    latchkey::testing::TemporaryFolder folder_;
    std::unique_ptr<database::Database> database_ = latchkey::testing::open_store(folder_);
    std::optional<database::WriteLane> lane_{std::in_place, *database_};
    std::vector<std::string> done_;
};

TEST_F(ChoresTest, AreDoneInOrderAndAFailureIsLoggedAndKeepsNoneFromTheOthers) {
    Upkeep upkeep(services(), options,
                  {chore("first"),
                   {"full",
                    [](const Round&) -> Result<void> {
                        return fail(ErrorCode::storage_full, "Full.", "no space");
                    }},
                   {"bug", [](const Round&) -> Result<void> { throw std::runtime_error("a bug"); }},
                   chore("last")});
    upkeep.do_chores();
    EXPECT_THAT(done_, ElementsAre("first", "last"));
    EXPECT_THAT(log_.events(),
                ElementsAre(R"("level":"error","event":"chore.failed","chore":"full",)"
                            R"("code":"storage_full","detail":"no space"})",
                            R"("level":"error","event":"chore.failed","chore":"bug",)"
                            R"("code":"internal","detail":"a bug"})"));
}

TEST_F(ChoresTest, AreLeftWhenTheServerStopsExceptThoseOfTheEnd) {
    std::stop_source stop;
    Upkeep upkeep(services(), options,
                  {{"stopper",
                    [&](const Round&) -> Result<void> {
                        stop.request_stop();
                        return {};
                    }},
                   chore("notes", Chore::AtTheEnd::is_done),
                   chore("sweep")});
    upkeep.do_chores(stop.get_token());
    EXPECT_THAT(done_, IsEmpty());
    upkeep.stop();
    upkeep.stop();
    EXPECT_THAT(done_, ElementsAre("notes")) << "once";
}

TEST_F(ChoresTest, AreDoneByAThread) {
    std::binary_semaphore done(0);
    Upkeep upkeep(services(), options, {{"one", [&](const Round&) -> Result<void> {
                                             done.release();
                                             return {};
                                         }}});
    upkeep.start();
    done.acquire();
}

TEST_F(ChoresTest, GoInStepsWhileFullOnesComeBack) {
    std::vector<std::int64_t> left = {10, 10, 3, 10};
    int steps = 0;
    const Step step = [&](database::WriteTransaction&, Timestamp now) -> Result<std::int64_t> {
        EXPECT_EQ(now, clock_.now());
        return left.at(static_cast<std::size_t>(steps++));
    };
    std::stop_source stop;
    const Round round{*database_, *lane_, clock_.now(), stop.get_token()};
    EXPECT_TRUE(run_steps(round, 10, step));
    EXPECT_EQ(steps, 3);
    stop.request_stop();
    EXPECT_TRUE(run_steps(round, 10, step));
    EXPECT_EQ(steps, 3) << "told to stop";
}

TEST_F(ChoresTest, EndWithTheErrorOfTheStepThatFailed) {
    int steps = 0;
    const Step step = [&](database::WriteTransaction&, Timestamp) -> Result<std::int64_t> {
        if (++steps == 2) return fail(ErrorCode::storage_full, "Full.");
        return 10;
    };
    const Round round{*database_, *lane_, clock_.now(), {}};
    EXPECT_EQ(run_steps(round, 10, step).error().code, ErrorCode::storage_full);
    EXPECT_EQ(steps, 2);
}

}  // namespace
}  // namespace latchkey::jobs
