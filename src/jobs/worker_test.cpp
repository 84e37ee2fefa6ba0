#include "jobs/worker.hpp"

#include <gmock/gmock.h>
#include <pthread.h>

#include <array>
#include <atomic>
#include <latch>
#include <semaphore>
#include <stdexcept>
#include <string>

#include "testing/delegation_world.hpp"
#include "testing/log_file.hpp"

namespace latchkey::jobs {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Next = Worker::Next;

class WorkerTest : public ::testing::Test {
protected:
    latchkey::testing::ManualClock clock_;
    latchkey::testing::LogFile log_{clock_};
    std::counting_semaphore<> rounds_{0};  // that have begun
};

TEST_F(WorkerTest, DoesARoundAtOnceAndAgainWhenThereIsMoreOrItIsWoken) {
    std::atomic<int> more = 2;
    Worker worker({.name = "test", .interval = hours(1)}, log_.log(),
                  [&](const std::stop_token&) -> Result<Next> {
                      rounds_.release();
                      return more-- > 0 ? Next::at_once : Next::later;
                  });
    worker.start();
    for (int round = 0; round < 3; ++round) rounds_.acquire();
    worker.wake();
    rounds_.acquire();
    worker.stop();
    worker.wake();
    EXPECT_FALSE(rounds_.try_acquire()) << "no round without a reason, and none after the end";
    EXPECT_THAT(log_.events(), IsEmpty());
}

TEST_F(WorkerTest, DoesTheNextRoundAfterTheInterval) {
    Worker worker({.name = "test",
                   .interval = milliseconds(1),
                   .first_round = Worker::FirstRound::after_interval},
                  log_.log(), [&](const std::stop_token&) -> Result<Next> {
                      rounds_.release();
                      return Next::later;
                  });
    worker.start();
    for (int round = 0; round < 3; ++round) rounds_.acquire();
}

TEST_F(WorkerTest, CanWaitBeforeTheFirstRound) {
    Worker worker(
        {.name = "test", .interval = hours(1), .first_round = Worker::FirstRound::after_interval},
        log_.log(), [&](const std::stop_token&) -> Result<Next> {
            rounds_.release();
            return Next::later;
        });
    worker.start();
    worker.stop();
    EXPECT_FALSE(rounds_.try_acquire());
}

TEST_F(WorkerTest, LogsWhatFailsAndTriesAgain) {
    std::atomic<int> round = 0;
    Worker worker({.name = "test", .interval = milliseconds(1)}, log_.log(),
                  [&](const std::stop_token&) -> Result<Next> {
                      const int now = ++round;
                      rounds_.release();
                      if (now == 1) return fail(ErrorCode::storage_full, "Full.", "no space");
                      if (now == 3) throw std::runtime_error("a bug");
                      return Next::later;
                  });
    worker.start();
    for (int begun = 0; begun < 4; ++begun) rounds_.acquire();
    worker.stop();
    EXPECT_THAT(log_.events(),
                ElementsAre(R"("level":"error","event":"worker.failed","worker":"test",)"
                            R"("code":"storage_full","detail":"no space"})",
                            AllOf(HasSubstr(R"("code":"internal")"), HasSubstr("a bug"))));
}

TEST_F(WorkerTest, WaitsLongerWhenItKeepsFailing) {
    Worker worker({.name = "test", .interval = milliseconds(1)}, log_.log(),
                  [&](const std::stop_token&) -> Result<Next> {
                      rounds_.release();
                      return fail(ErrorCode::storage_full, "Full.", "no space");
                  });
    worker.start();
    rounds_.acquire();
    EXPECT_FALSE(rounds_.try_acquire_for(milliseconds(50))) << "five seconds from the first on";
    worker.wake();
    rounds_.acquire();
}

TEST_F(WorkerTest, TellsTheRoundUnderWayToStopAndWaitsForIt) {
    std::latch begun(1);
    std::atomic<bool> ended = false;
    Worker worker({.name = "test", .interval = hours(1)}, log_.log(),
                  [&](const std::stop_token& stop) -> Result<Next> {
                      begun.count_down();
                      while (!stop.stop_requested()) std::this_thread::yield();
                      ended = true;
                      return Next::at_once;
                  });
    worker.start();
    begun.wait();
    worker.stop();
    EXPECT_TRUE(ended);
}

TEST_F(WorkerTest, HasANameThatTheSystemShows) {
    std::array<char, 16> name{};
    Worker worker({.name = "housekeeping", .interval = hours(1)}, log_.log(),
                  [&](const std::stop_token&) -> Result<Next> {
                      ::pthread_getname_np(::pthread_self(), name.data(), name.size());
                      rounds_.release();
                      return Next::later;
                  });
    worker.start();
    rounds_.acquire();
    EXPECT_STREQ(name.data(), "housekeeping");
}

}  // namespace
}  // namespace latchkey::jobs
