#pragma once

// The databases that the store must work on. The conformance suite runs on each of them.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/time/clock.hpp"
#include "database/database.hpp"
#include "sqlite/database.hpp"
#include "store/migrations.hpp"
#include "testing/must.hpp"
#include "testing/temporary_folder.hpp"

namespace latchkey::testing {

constexpr Timestamp test_now = Timestamp(Seconds(1'800'000'000));

/// One data set that several Database instances, as several processes, can open.
class DataSet {
public:
    DataSet() = default;
    DataSet(const DataSet&) = delete;
    DataSet& operator=(const DataSet&) = delete;
    virtual ~DataSet() = default;
    [[nodiscard]] virtual Result<std::unique_ptr<database::Database>> open() = 0;
    /// How much the engine keeps, in a unit of its own.
    [[nodiscard]] virtual std::int64_t pages(database::Database& database) const = 0;
};

class SqliteDataSet final : public DataSet {
public:
    explicit SqliteDataSet(std::int64_t max_bytes = 0) : max_bytes_(max_bytes) {}
    [[nodiscard]] Result<std::unique_ptr<database::Database>> open() override {
        return sqlite::open({.folder = folder_.path() / "data", .max_bytes = max_bytes_});
    }
    [[nodiscard]] std::int64_t pages(database::Database& database) const override {
        static constexpr database::Sql count = "SELECT page_count FROM pragma_page_count()";
        const auto tx = must(database.read());
        const auto read = [](const database::Row& row) { return row.integer(0); };
        return must(tx->find(count, {}, read)).value_or(-1);
    }
    [[nodiscard]] std::filesystem::path file() const {
        return folder_.path() / "data" / "latchkey.db";
    }

private:
    TemporaryFolder folder_;
    std::int64_t max_bytes_;
};

/// Makes a fresh data set of one engine; `name` labels its tests.
struct Engine {
    std::string name;
    std::unique_ptr<DataSet> (*make)();
    Result<store::schema::Steps> (*schema)();
};

inline std::unique_ptr<DataSet> make_sqlite_data_set() { return std::make_unique<SqliteDataSet>(); }

inline std::ostream& operator<<(std::ostream& out, const Engine& engine) {
    return out << engine.name;
}

}  // namespace latchkey::testing
