// What SQLite is given in place of its own: log writes that are gathered, page caches that know
// their highest page, checkpoints that the disk gets bit by bit. None may be noticed but by speed.

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>

#include "sqlite/connection.hpp"
#include "sqlite/cursor.hpp"
#include "sqlite/data_folder.hpp"
#include "sqlite/paced_writes.hpp"
#include "testing/must.hpp"
#include "testing/temporary_folder.hpp"

namespace latchkey::sqlite {
namespace {

using database::Sql;
using testing::must;

constexpr Sql make_table =
    "CREATE TABLE notes (id BLOB PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID";
/// 1000 rows of half a page, in no order.
constexpr Sql insert_many =
    R"(WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1000)
       INSERT INTO notes SELECT randomblob(16), zeroblob(2000) FROM number)";
constexpr Sql insert_few =
    R"(WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 20)
       INSERT INTO notes SELECT randomblob(16), zeroblob(2000) FROM number)";
constexpr Sql count_rows = "SELECT count(*) FROM notes WHERE length(body) = 2000";
constexpr Sql check_all =
    "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'";

class Files : public ::testing::Test {
protected:
    Files() {
        must(prepare_data_file(file_));
        writer_ = open(Role::writer);
        must(writer_->run(make_table));
    }

    [[nodiscard]] std::unique_ptr<Connection> open(Role role) const {
        return must(Connection::open({.file = file_,
                                      .busy_limit = std::chrono::milliseconds(1000),
                                      .max_bytes = 0,
                                      .role = role}));
    }
    static std::int64_t number(Connection& connection, Sql sql) {
        const auto cursor = must(open_cursor(connection, sql, {}));
        return must(cursor->next())->integer(0);
    }
    /// As a process that opens the files now sees them.
    [[nodiscard]] std::int64_t rows_elsewhere() const {
        const auto reader = open(Role::reader);
        EXPECT_EQ(number(*reader, check_all), 1);
        return number(*reader, count_rows);
    }
    /// How many system calls of this process have written so far.
    static std::int64_t write_calls() {
        std::ifstream counts("/proc/self/io");
        std::string name;
        std::int64_t count = 0;
        while (counts >> name >> count) {
            if (name == "syscw:") return count;
        }
        return -1;
    }

    testing::TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "data" / "notes.db";
    std::unique_ptr<Connection> writer_;
};

TEST_F(Files, WriteTheLogOfACommitInFewCalls) {
    must(writer_->run(insert_few));  // the log's own beginning
    if (write_calls() < 0) GTEST_SKIP() << "this kernel does not count write calls";
    must(writer_->run("BEGIN IMMEDIATE"));
    must(writer_->run(insert_few));
    const std::int64_t before = write_calls();
    must(writer_->run("COMMIT"));
    const std::int64_t calls = write_calls() - before;
    EXPECT_GE(calls, 1);
    EXPECT_LE(calls, 2) << "10 pages and more, each a header and a page";
    EXPECT_EQ(rows_elsewhere(), 40);
}

TEST_F(Files, HoldMoreThanIsGatheredAtATime) {
    must(writer_->run("BEGIN IMMEDIATE"));
    must(writer_->run(insert_many));
    must(writer_->run("COMMIT"));
    EXPECT_EQ(rows_elsewhere(), 1000);
}

TEST_F(Files, ReadBackWhatATransactionHadToPutIntoTheLog) {
    must(writer_->run("PRAGMA cache_size=10"));
    must(writer_->run("BEGIN IMMEDIATE"));
    must(writer_->run(insert_many));
    EXPECT_EQ(number(*writer_, count_rows), 1000);
    must(writer_->run("UPDATE notes SET body = zeroblob(2000)"));
    must(writer_->run(insert_few));
    EXPECT_EQ(number(*writer_, count_rows), 1020);
    must(writer_->run("COMMIT"));
    EXPECT_EQ(rows_elsewhere(), 1020);
}

TEST_F(Files, ForgetWhatWasTakenBack) {
    must(writer_->run("PRAGMA cache_size=10"));
    must(writer_->run(insert_few));
    must(writer_->run("BEGIN IMMEDIATE"));
    must(writer_->run(insert_many));
    must(writer_->run("ROLLBACK"));
    EXPECT_EQ(number(*writer_, count_rows), 20);
    must(writer_->run(insert_few));
    EXPECT_EQ(rows_elsewhere(), 40);
}

TEST_F(Files, GoOnAfterTheLogWasCopiedBackAndBegunAnew) {
    for (int round = 1; round <= 3; ++round) {
        must(writer_->run(insert_few));
        must(writer_->run("PRAGMA wal_checkpoint(TRUNCATE)"));
        EXPECT_EQ(rows_elsewhere(), 20 * round);
    }
}

TEST_F(Files, HandACheckpointToTheDiskWhileItCopies) {
    must(writer_->run(insert_many));  // two rows a page at most
    const auto checkpointer = open(Role::checkpointer);
    const PacedWrites paced;
    must(checkpointer->run("PRAGMA wal_checkpoint(PASSIVE)"));
    EXPECT_GE(paced.times_handed_over(), 500 / PacedWrites::pages_at_a_time);
    EXPECT_EQ(rows_elsewhere(), 1000);
}

TEST_F(Files, DropThePagesBehindAShorterEnd) {
    must(writer_->run(insert_many));
    must(writer_->run("DELETE FROM notes"));
    must(writer_->run("VACUUM"));
    EXPECT_LT(number(*writer_, "SELECT * FROM pragma_page_count"), 10);
    // The new pages have numbers that dropped ones had.
    must(writer_->run(insert_many));
    EXPECT_EQ(number(*writer_, count_rows), 1000);
    EXPECT_EQ(number(*writer_, check_all), 1);
    EXPECT_EQ(rows_elsewhere(), 1000);
}

}  // namespace
}  // namespace latchkey::sqlite
