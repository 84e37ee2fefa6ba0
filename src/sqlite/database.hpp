#pragma once

// The embedded store: SQLite in WAL mode with synchronous=FULL. What commit() acknowledged
// survives kill -9 and power loss. Several processes may use one data folder at once: the CLI
// works while the server runs.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "database/database.hpp"
#include "database/statement_observer.hpp"

namespace latchkey::sqlite {

struct Options {
    /// Made with mode 0700 when absent. The database files inside are 0600.
    std::filesystem::path folder;
    std::string file_name = "latchkey.db";
    /// How long a writer waits for another one (thread or process) before `unavailable`.
    std::chrono::milliseconds busy_limit{5000};
    /// The data file never grows beyond this; 0 = as far as the disk goes. Past it: storage_full.
    std::int64_t max_bytes = 0;
    /// Told of every statement; null: nobody is. Outlives the Database.
    database::StatementObserver* observer = nullptr;
};

/// Opens the data set, or creates an empty one; store::migrate brings the schema.
///
/// Every thread reads on a connection of its own, opened at its first read and closed with the
/// thread; a read transaction stays on the thread that began it. One group writes at a time, of all
/// threads and processes, so none is ever overtaken. The Database must outlive its transactions.
///
/// Errors: no_permission (the folder or file may not be made, read or written), storage_full,
/// storage_failed (not a database, damaged, I/O error), unavailable (busy).
[[nodiscard]] Result<std::unique_ptr<database::Database>> open(const Options& options);

}  // namespace latchkey::sqlite
