// The SQLite driver by itself: transactions, groups, limits, files, and several processes.

#include "sqlite/database.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "database/database.hpp"
#include "testing/databases.hpp"
#include "testing/transactions.hpp"

namespace latchkey::sqlite {
namespace {

using database::Database;
using database::Row;
using database::Sql;
using testing::must;

constexpr Sql make_table = "CREATE TABLE notes (number INTEGER PRIMARY KEY, body BLOB) STRICT";
constexpr Sql insert_note = "INSERT INTO notes (number, body) VALUES (?1, ?2)";
constexpr Sql count_notes = "SELECT count(*) FROM notes";
constexpr Sql all_notes = "SELECT number FROM notes ORDER BY number";
constexpr Sql one_note = "SELECT body FROM notes WHERE number = ?1";

class SqliteDatabases : public ::testing::Test {
protected:
    SqliteDatabases() { must(change(*database_, make_table, {})); }

    static Result<void> change(Database& database, Sql sql, database::Params params) {
        auto tx = TRY(testing::begin_write(database));
        TRY(tx->execute(sql, params));
        return tx->commit();
    }
    static std::int64_t count(Database& database) {
        const auto tx = must(database.read());
        return must(tx->find(count_notes, {}, [](const Row& row) { return row.integer(0); }))
            .value_or(-1);
    }
    static Result<void> insert(Database& database, std::int64_t number) {
        return change(database, insert_note, {number, nullptr});
    }
    static Result<void> insert(database::WriteGroup& group, std::int64_t number) {
        const auto tx = TRY(group.begin());
        TRY(tx->execute(insert_note, {number, nullptr}));
        return tx->commit();
    }
    [[nodiscard]] std::filesystem::path folder() const { return folder_.path() / "data"; }

    testing::TemporaryFolder folder_;
    std::unique_ptr<Database> database_ = must(open({.folder = folder()}));
};

TEST_F(SqliteDatabases, KeepNothingWithoutACommit) {
    {
        const auto tx = must(testing::begin_write(*database_));
        must(tx->execute(insert_note, {1, nullptr}));
    }
    EXPECT_EQ(count(*database_), 0);
}

TEST_F(SqliteDatabases, RefuseStatementsAfterTheCommit) {
    const auto tx = must(testing::begin_write(*database_));
    must(tx->commit());
    EXPECT_EQ(tx->execute(insert_note, {1, nullptr}).error().code, ErrorCode::internal);
    EXPECT_EQ(tx->commit().error().code, ErrorCode::internal);
}

TEST_F(SqliteDatabases, RefuseAWriteInsideAnother) {
    const auto outer = must(testing::begin_write(*database_));
    EXPECT_EQ(testing::begin_write(*database_).error().code, ErrorCode::internal);
}

// A lease keeps what was bound before it, which is gone: a parameter left out would read that.
TEST_F(SqliteDatabases, RefuseAStatementWithAnotherNumberOfParameters) {
    must(insert(*database_, 1));
    const auto tx = must(testing::begin_write(*database_));
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(tx->execute(insert_note, {2}).error().code, ErrorCode::internal);
        EXPECT_EQ(tx->execute(insert_note, {2, nullptr, 3}).error().code, ErrorCode::internal);
        EXPECT_EQ(tx->query(one_note, {}).error().code, ErrorCode::internal);
    }
    must(tx->execute(insert_note, {2, nullptr}));
    must(tx->commit());
    EXPECT_EQ(count(*database_), 2);
}

TEST_F(SqliteDatabases, ReportAKeyThatIsTaken) {
    must(insert(*database_, 1));
    EXPECT_EQ(insert(*database_, 1).error().code, ErrorCode::conflict);
}

TEST_F(SqliteDatabases, ShowAReaderOneStateToItsEnd) {
    must(insert(*database_, 1));
    const auto tx = must(database_->read());
    const auto see = [&tx] {
        return must(tx->find(count_notes, {}, [](const Row& row) { return row.integer(0); }));
    };
    EXPECT_EQ(see(), 1);
    must(insert(*database_, 2));
    EXPECT_EQ(see(), 1);
}

TEST_F(SqliteDatabases, WalkTwoCursorsOfOneStatementAtOnce) {
    for (int i = 1; i <= 3; ++i) must(insert(*database_, i));
    const auto tx = must(database_->read());
    const auto outer = must(tx->query(all_notes, {}));
    int pairs = 0;
    while (must(outer->next()) != nullptr) {
        const auto inner = must(tx->query(all_notes, {}));
        while (must(inner->next()) != nullptr) ++pairs;
    }
    EXPECT_EQ(pairs, 9);
}

TEST_F(SqliteDatabases, TellAnEmptyBlobFromNull) {
    must(change(*database_, insert_note, {1, Bytes{}}));
    must(change(*database_, insert_note, {2, nullptr}));
    const auto tx = must(database_->read());
    const auto is_null = [&tx](int number) {
        return must(tx->find(one_note, {number}, [](const Row& row) { return row.is_null(0); }));
    };
    EXPECT_EQ(is_null(1), false);
    EXPECT_EQ(is_null(2), true);
}

TEST_F(SqliteDatabases, WaitForAnotherProcessAndGiveUpAtTheLimit) {
    using std::chrono::milliseconds;
    const auto other = must(open({.folder = folder(), .busy_limit = milliseconds(50)}));
    const auto held = must(testing::begin_write(*database_));
    EXPECT_EQ(testing::begin_write(*other).error().code, ErrorCode::unavailable);
    must(held->commit());
    EXPECT_TRUE(testing::begin_write(*other));
}

TEST_F(SqliteDatabases, SeeWhatAnotherProcessCommitted) {
    const auto other = must(open({.folder = folder()}));
    for (int i = 1; i <= 50; ++i) {
        must(insert(i % 2 == 0 ? *database_ : *other, i));
        EXPECT_EQ(count(*database_), i);
        EXPECT_EQ(count(*other), i);
    }
}

TEST_F(SqliteDatabases, RefuseToGrowBeyondTheirLimitAndGoOnAfterwards) {
    constexpr std::int64_t limit = 256 * 1024;
    const auto limited =
        must(open({.folder = folder(), .file_name = "limited.db", .max_bytes = limit}));
    must(change(*limited, make_table, {}));
    const Bytes body(8192, 7);
    int kept = 0;
    Result<void> last;
    while ((last = change(*limited, insert_note, {kept + 1, body}))) ++kept;
    EXPECT_EQ(last.error().code, ErrorCode::storage_full);
    EXPECT_GT(kept, 10);
    EXPECT_EQ(count(*limited), kept);
    must(change(*limited, "DELETE FROM notes WHERE number < 5", {}));
    EXPECT_TRUE(change(*limited, insert_note, {1, body}));
}

TEST_F(SqliteDatabases, AFullDiskInAGroupFailsItsJobsAndNoOther) {
    constexpr std::int64_t limit = 128 * 1024;
    const auto limited =
        must(open({.folder = folder(), .file_name = "limited.db", .max_bytes = limit}));
    must(change(*limited, make_table, {}));
    const auto group = must(limited->begin_group(database::Isolation::isolated));
    must(insert(*group, 1));
    {
        const auto tx = must(group->begin());
        EXPECT_EQ(tx->execute(insert_note, {2, Bytes(500000, 7)}).error().code,
                  ErrorCode::storage_full);
    }
    const auto ended = group->commit();
    // Either the group went on without the job, or it was given up as a whole, and says so.
    EXPECT_EQ(count(*limited), ended ? 1 : 0);
    EXPECT_TRUE(insert(*limited, 3));
}

/// Remembers what was reported.
class Reports final : public database::StatementObserver {
public:
    void observe(const database::StatementReport& report) noexcept override {
        seen.push_back(report);
    }
    [[nodiscard]] const database::StatementReport& of(Sql sql) const {
        const auto found = std::ranges::find(seen, sql.text().data(),
                                             [](const auto& report) { return report.text.data(); });
        return found == seen.end() ? throw std::runtime_error(std::string(sql.text())) : *found;
    }

    std::vector<database::StatementReport> seen;
};

TEST_F(SqliteDatabases, TellWhoObservesEachStatementOnce) {
    must(insert(*database_, 1));
    must(insert(*database_, 2));
    Reports reports;
    const auto observed = must(open({.folder = folder(), .observer = &reports}));
    reports.seen.clear();
    {
        const auto tx = must(observed->read());
        EXPECT_TRUE(tx->each(all_notes, {}, [](const Row&) {}));
        EXPECT_EQ(count(*observed), 2);
    }
    must(insert(*observed, 3));
    EXPECT_FALSE(insert(*observed, 3));
    const auto& read = reports.of(all_notes);
    EXPECT_EQ(read.rows, 2);
    EXPECT_GT(read.duration.count(), 0);
    EXPECT_FALSE(read.error);
    const auto& written = reports.of(insert_note);
    EXPECT_EQ(written.rows, 1);
    EXPECT_FALSE(written.error);
    const auto refused = std::ranges::find_if(
        reports.seen, [](const auto& report) { return report.error.has_value(); });
    ASSERT_NE(refused, reports.seen.end());
    EXPECT_EQ(refused->text.data(), insert_note.text().data());
    EXPECT_EQ(refused->error, ErrorCode::conflict);
    const auto times = [&](std::string_view text) {
        return std::ranges::count(reports.seen, text, &database::StatementReport::text);
    };
    EXPECT_EQ(times("BEGIN"), 1) << "the inner read shares the snapshot";
    EXPECT_EQ(times("BEGIN IMMEDIATE"), 2);
    EXPECT_EQ(times("COMMIT"), 2) << "of the read and of the write that was kept";
    EXPECT_EQ(times("ROLLBACK"), 1);
}

TEST_F(SqliteDatabases, AreReadableByTheirOwnerOnly) {
    must(insert(*database_, 1));
    const auto mode = [](const std::filesystem::path& path) {
        struct stat status{};
        EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
        return status.st_mode & 0777U;
    };
    EXPECT_EQ(mode(folder()), 0700U);
    for (const char* name : {"latchkey.db", "latchkey.db-wal", "latchkey.db-shm"}) {
        EXPECT_EQ(mode(folder() / name), 0600U) << name;
    }
}

TEST_F(SqliteDatabases, RefuseAFileThatIsNone) {
    std::ofstream(folder() / "other.db") << std::string(4096, 'x');
    const auto opened = open({.folder = folder(), .file_name = "other.db"});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::storage_failed);
}

TEST_F(SqliteDatabases, KeepTheirLogBoundedWhileTheyWrite) {
    // 96 MiB through a log that starts over at 16 MiB.
    const Bytes body(64 * 1024, 7);
    for (int i = 0; i < 1536; ++i) {
        must(change(*database_, "INSERT OR REPLACE INTO notes (number, body) VALUES (?1, ?2)",
                    {i % 16, body}));
    }
    EXPECT_LT(std::filesystem::file_size(folder() / "latchkey.db-wal"), 72U << 20U);
}

}  // namespace
}  // namespace latchkey::sqlite
