#pragma once

// The databases that the store must work on. The conformance suite runs on each of them.

#include <stdlib.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "database/database.hpp"
#include "sqlite/database.hpp"
#include "store/migrations.hpp"

namespace latchkey::testing {

/// A folder that goes away with its test.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "latchkey-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = pattern;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

constexpr Timestamp test_now = Timestamp(Seconds(1'800'000'000));

/// The value, or a test that stops with the error's own words.
template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().detail + " (must)");
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// One data set that several Database instances, as several processes, can open.
class DataSet {
public:
    DataSet() = default;
    DataSet(const DataSet&) = delete;
    DataSet& operator=(const DataSet&) = delete;
    virtual ~DataSet() = default;
    [[nodiscard]] virtual Result<std::unique_ptr<database::Database>> open() = 0;
};

class SqliteDataSet final : public DataSet {
public:
    explicit SqliteDataSet(std::int64_t max_bytes = 0) : max_bytes_(max_bytes) {}
    [[nodiscard]] Result<std::unique_ptr<database::Database>> open() override {
        return sqlite::open({.folder = folder_.path() / "data", .max_bytes = max_bytes_});
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
};

inline std::unique_ptr<DataSet> make_sqlite_data_set() { return std::make_unique<SqliteDataSet>(); }

inline std::ostream& operator<<(std::ostream& out, const Engine& engine) {
    return out << engine.name;
}

}  // namespace latchkey::testing
