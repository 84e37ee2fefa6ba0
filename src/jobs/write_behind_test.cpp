#include "jobs/write_behind.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <thread>

#include "database/run_write.hpp"
#include "store/audit.hpp"
#include "testing/delegation_world.hpp"
#include "testing/transactions.hpp"

namespace latchkey::jobs {
namespace {

using latchkey::testing::must;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr std::size_t most = 3 * notes_a_step;

/// Notes lines for the audit trail.
using Lines = WriteBehind<std::string, int>;

Result<void> write_line(database::WriteTransaction& tx, const std::string& what, const int& count) {
    AuditRecord record;
    record.actor = "client";
    record.action = what;
    record.request_id = std::to_string(count);
    return store::append_audit(tx, record);
}

class WriteBehindTest : public ::testing::Test {
protected:
    std::vector<std::string> written() {
        std::vector<std::string> lines;
        const auto tx = must(database_->read());
        for (const auto& record : must(store::list_newest_audit(*tx, 10'000))) {
            lines.push_back(record.action + " " + record.request_id);
        }
        return lines;
    }
    std::int64_t write() {
        return latchkey::testing::write_once(*database_,
                                             [&](auto& tx) { return lines_.write(tx); });
    }

    latchkey::testing::TemporaryFolder folder_;
    std::unique_ptr<database::Database> database_ = latchkey::testing::open_store(folder_);
    Lines lines_{{.max_waiting = most,
                  .fold = [](int& noted, const int& next) { noted = std::max(noted, next); },
                  .write = write_line}};
};

TEST_F(WriteBehindTest, FoldsNotesAboutTheSameAndWritesThemOnce) {
    lines_.note("a", 1);
    lines_.note("b", 1);
    lines_.note("a", 4);
    EXPECT_EQ(write(), 2);
    EXPECT_THAT(written(), ElementsAre("b 1", "a 4"));
    EXPECT_EQ(write(), 0);
    EXPECT_THAT(written(), SizeIs(2));
}

TEST_F(WriteBehindTest, KeepsWhatWasNotCommitted) {
    lines_.note("a", 1);
    {
        const auto tx = must(database_->write());
        EXPECT_EQ(must(lines_.write(*tx)), 1);
    }
    EXPECT_EQ(write(), 1);
    EXPECT_THAT(written(), ElementsAre("a 1"));
}

TEST_F(WriteBehindTest, KeepsWhatWasNotedWhileItWasWritten) {
    lines_.note("a", 1);
    const auto noted_meanwhile = [&](auto& tx) {
        const auto count = lines_.write(tx);
        lines_.note("a", 2);
        return count;
    };
    EXPECT_EQ(latchkey::testing::write_once(*database_, noted_meanwhile), 1);
    EXPECT_EQ(write(), 1);
    EXPECT_THAT(written(), ElementsAre("a 2", "a 1"));
}

TEST_F(WriteBehindTest, WritesInStepsAndLeavesOutWhatIsTooMuch) {
    for (std::size_t i = 0; i < most + 100; ++i) lines_.note(std::to_string(i), 1);
    const auto full = static_cast<std::int64_t>(notes_a_step);
    EXPECT_EQ(write(), full);
    EXPECT_EQ(write(), full);
    EXPECT_EQ(write(), full);
    EXPECT_EQ(write(), 0);
    EXPECT_THAT(written(), SizeIs(most));
}

TEST_F(WriteBehindTest, FoldsWhatThreadsNotedAboutTheSame) {
    lines_.note("a", 4);
    std::thread other([&] { lines_.note("a", 5); });
    other.join();
    lines_.note("a", 3);
    EXPECT_EQ(write(), 2) << "notes of two threads";
    EXPECT_THAT(written(), ElementsAre("a 5"));
    EXPECT_EQ(write(), 0);
}

TEST_F(WriteBehindTest, LosesNothingThatThreadsNoteWhileItWrites) {
    constexpr int notes = 2000, keys = 10;
    const auto note = [&] {
        for (int i = 0; i < notes; ++i) lines_.note(std::to_string(i % keys), i);
    };
    std::thread first(note);
    std::thread second(note);
    for (int i = 0; i < 20; ++i) (void)write();
    first.join();
    second.join();
    (void)write();
    EXPECT_EQ(write(), 0) << "all is written";
    const auto lines = written();
    for (int i = notes - keys; i < notes; ++i) {
        const std::string last = std::to_string(i % keys) + " " + std::to_string(i);
        EXPECT_THAT(lines, Contains(last));
    }
}

}  // namespace
}  // namespace latchkey::jobs
