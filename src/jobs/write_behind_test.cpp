#include "jobs/write_behind.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <thread>

#include "testing/databases.hpp"
#include "testing/transactions.hpp"

namespace latchkey::jobs {
namespace {

using latchkey::testing::must;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr std::size_t most = 3 * notes_a_step;

constexpr database::Sql make_table =
    "CREATE TABLE notes (ordinal INTEGER PRIMARY KEY, body TEXT, number BIGINT)";
constexpr database::Sql insert_note = "INSERT INTO notes (body, number) VALUES (?1, ?2)";
constexpr database::Sql all_notes = "SELECT body, number FROM notes ORDER BY ordinal DESC";

Result<void> write_note(database::WriteTransaction& tx, const std::string& body,
                        const int& number) {
    TRY(tx.execute(insert_note, {body, number}));
    return {};
}

class WriteBehindTest : public ::testing::Test {
protected:
    WriteBehindTest() {
        latchkey::testing::write_once(*database_,
                                      [](auto& tx) { return tx.execute(make_table, {}); });
    }
    /// The newest first.
    std::vector<std::string> written() {
        std::vector<std::string> notes;
        const auto tx = must(database_->read());
        must(tx->each(all_notes, {}, [&](const database::Row& row) {
            notes.push_back(std::string(row.text(0)) + " " + std::to_string(row.integer(1)));
        }));
        return notes;
    }
    std::int64_t write() {
        return latchkey::testing::write_once(*database_,
                                             [&](auto& tx) { return notes_.write(tx); });
    }

    latchkey::testing::SqliteDataSet data_set_;
    std::unique_ptr<database::Database> database_ = must(data_set_.open());
    WriteBehind<std::string, int> notes_{
        {.max_waiting = most,
         .fold = [](int& noted, const int& next) { noted = std::max(noted, next); },
         .write = write_note}};
};

TEST_F(WriteBehindTest, FoldsNotesAboutTheSameAndWritesThemOnce) {
    notes_.note("a", 1);
    notes_.note("b", 1);
    notes_.note("a", 4);
    EXPECT_EQ(write(), 2);
    EXPECT_THAT(written(), ElementsAre("b 1", "a 4"));
    EXPECT_EQ(write(), 0);
    EXPECT_THAT(written(), SizeIs(2));
}

TEST_F(WriteBehindTest, KeepsWhatWasNotCommitted) {
    notes_.note("a", 1);
    {
        const auto tx = must(testing::begin_write(*database_));
        EXPECT_EQ(must(notes_.write(*tx)), 1);
    }
    EXPECT_EQ(write(), 1);
    EXPECT_THAT(written(), ElementsAre("a 1"));
}

TEST_F(WriteBehindTest, KeepsWhatWasNotedWhileItWasWritten) {
    notes_.note("a", 1);
    const auto noted_meanwhile = [&](auto& tx) {
        const auto count = notes_.write(tx);
        notes_.note("a", 2);
        return count;
    };
    EXPECT_EQ(latchkey::testing::write_once(*database_, noted_meanwhile), 1);
    EXPECT_EQ(write(), 1);
    EXPECT_THAT(written(), ElementsAre("a 2", "a 1"));
}

TEST_F(WriteBehindTest, WritesInStepsAndLeavesOutWhatIsTooMuch) {
    for (std::size_t i = 0; i < most + 100; ++i) notes_.note(std::to_string(i), 1);
    const auto full = static_cast<std::int64_t>(notes_a_step);
    EXPECT_EQ(write(), full);
    EXPECT_EQ(write(), full);
    EXPECT_EQ(write(), full);
    EXPECT_EQ(write(), 0);
    EXPECT_THAT(written(), SizeIs(most));
}

TEST_F(WriteBehindTest, FoldsWhatThreadsNotedAboutTheSame) {
    notes_.note("a", 4);
    std::thread other([&] { notes_.note("a", 5); });
    other.join();
    notes_.note("a", 3);
    EXPECT_EQ(write(), 2) << "notes of two threads";
    EXPECT_THAT(written(), ElementsAre("a 5"));
    EXPECT_EQ(write(), 0);
}

TEST_F(WriteBehindTest, LosesNothingThatThreadsNoteWhileItWrites) {
    constexpr int notes = 2000, keys = 10;
    const auto note = [&] {
        for (int i = 0; i < notes; ++i) notes_.note(std::to_string(i % keys), i);
    };
    std::thread first(note);
    std::thread second(note);
    for (int i = 0; i < 20; ++i) (void)write();
    first.join();
    second.join();
    (void)write();
    EXPECT_EQ(write(), 0) << "all is written";
    const auto all = written();
    for (int i = notes - keys; i < notes; ++i) {
        const std::string last = std::to_string(i % keys) + " " + std::to_string(i);
        EXPECT_THAT(all, Contains(last));
    }
}

}  // namespace
}  // namespace latchkey::jobs
