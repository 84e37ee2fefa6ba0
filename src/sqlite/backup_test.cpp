// A copy made while the store is in use is one state of it, whole and the owner's alone.

#include "sqlite/backup.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <thread>

#include "sqlite/database.hpp"
#include "testing/temporary_folder.hpp"
#include "testing/transactions.hpp"

namespace latchkey::sqlite {
namespace {

using database::Row;
using database::Sql;
using testing::must;

constexpr Sql make_table = "CREATE TABLE notes (number INTEGER PRIMARY KEY, half INTEGER) STRICT";
constexpr Sql insert_note = "INSERT INTO notes (number, half) VALUES (?1, ?2)";
constexpr Sql count_notes = "SELECT count(*) FROM notes";
// Notes come in pairs, each in one transaction.
constexpr Sql count_single =
    "SELECT count(*) FROM (SELECT half FROM notes GROUP BY half HAVING count(*) <> 2)";

class BackupTest : public ::testing::Test {
protected:
    BackupTest() {
        testing::write_once(*database_, [](auto& tx) { return tx.execute(make_table, {}); });
    }

    void insert_pair(std::int64_t half) {
        testing::write_once(*database_, [half](auto& tx) -> Result<void> {
            TRY(tx.execute(insert_note, {2 * half, half}));
            TRY(tx.execute(insert_note, {2 * half + 1, half}));
            return {};
        });
    }
    static std::int64_t number(database::Database& database, Sql sql) {
        return testing::read_once(database,
                                  [sql](auto& tx) {
                                      return tx.find(sql, {},
                                                     [](const Row& row) { return row.integer(0); });
                                  })
            .value_or(-1);
    }
    [[nodiscard]] Backup backup() const {
        return {.from = folder_.path() / "data" / "latchkey.db", .to = folder_.path() / "copy.db"};
    }
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
            names.push_back(entry.path().filename());
        }
        std::ranges::sort(names);
        return names;
    }
    /// What was restored: the copy as the data file of a folder of its own.
    [[nodiscard]] std::unique_ptr<database::Database> open_copy() const {
        const std::filesystem::path restored = folder_.path() / "restored";
        std::filesystem::create_directory(restored);
        std::filesystem::copy_file(backup().to, restored / "latchkey.db");
        return must(open({.folder = restored}));
    }

    testing::TemporaryFolder folder_;
    std::unique_ptr<database::Database> database_ = must(open({.folder = folder_.path() / "data"}));
};

TEST_F(BackupTest, HoldsWhatWasCommittedBeforeItBeganAndNothingByHalves) {
    std::atomic<std::int64_t> committed = 0;
    std::atomic<bool> stop = false;
    std::jthread writer([&] {
        for (std::int64_t half = 0; !stop; ++half) {
            insert_pair(half);
            committed = half + 1;
        }
    });
    while (committed < 20) std::this_thread::yield();
    const std::int64_t before = committed;
    const auto bytes = back_up(backup());
    const std::int64_t after = committed;
    stop = true;
    writer.join();
    ASSERT_TRUE(bytes) << bytes.error().detail;
    EXPECT_EQ(static_cast<std::uintmax_t>(*bytes), std::filesystem::file_size(backup().to));

    const auto copy = open_copy();
    EXPECT_GE(number(*copy, count_notes), 2 * before);
    EXPECT_LE(number(*copy, count_notes), 2 * after + 2);
    EXPECT_EQ(number(*copy, count_single), 0);
    must(testing::begin_write(*database_));  // the store goes on
}

TEST_F(BackupTest, IsItsOwnersAloneAndOneFile) {
    insert_pair(1);
    ASSERT_TRUE(back_up(backup()));
    EXPECT_EQ(files(), (std::vector<std::string>{"copy.db", "data"}));
    struct stat status{};
    ASSERT_EQ(::stat(backup().to.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(BackupTest, ReplacesNothing) {
    std::ofstream(backup().to) << "what was there";
    EXPECT_EQ(back_up(backup()).error().code, ErrorCode::conflict);
    EXPECT_EQ(std::filesystem::file_size(backup().to), 14U);
}

TEST_F(BackupTest, TakesTheOneBesideItThatACrashLeftAway) {
    std::ofstream(backup().to.string() + ".partial") << "half of a copy";
    insert_pair(1);
    ASSERT_TRUE(back_up(backup()));
    EXPECT_EQ(files(), (std::vector<std::string>{"copy.db", "data"}));
    EXPECT_EQ(number(*open_copy(), count_notes), 2);
}

TEST_F(BackupTest, OfNothingAndOfADamagedStoreLeavesNothing) {
    Backup nothing = backup();
    nothing.from = folder_.path() / "elsewhere" / "latchkey.db";
    EXPECT_EQ(back_up(nothing).error().code, ErrorCode::not_found);
    database_.reset();
    std::ofstream(backup().from, std::ios::binary) << std::string(8192, 'x');
    EXPECT_EQ(back_up(backup()).error().code, ErrorCode::storage_failed);
    Backup nowhere = backup();
    nowhere.to = folder_.path() / "no" / "such" / "folder" / "copy.db";
    EXPECT_FALSE(back_up(nowhere));
    EXPECT_FALSE(std::filesystem::exists(backup().to));
}

}  // namespace
}  // namespace latchkey::sqlite
