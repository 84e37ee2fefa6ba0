#include "store/migrations.hpp"

#include <string>

#include "store/schema/steps.hpp"

namespace latchkey::store {
namespace {

using database::Row;

// The table that says which steps ran. It is made before the first of them.
constexpr database::Sql make_version_table =
    R"(CREATE TABLE IF NOT EXISTS schema_steps (
        version INTEGER PRIMARY KEY,
        applied_at INTEGER NOT NULL
    ) STRICT)";
constexpr database::Sql read_version = "SELECT max(version) FROM schema_steps";
constexpr database::Sql record_step =
    "INSERT INTO schema_steps (version, applied_at) VALUES (?1, ?2)";

Result<std::int64_t> current_version(database::ReadTransaction& tx) {
    const auto version = TRY(tx.find(read_version, {}, [](const Row& row) {
        return row.is_null(0) ? std::int64_t{0} : row.integer(0);
    }));
    return version.value_or(0);
}

Result<void> check_not_newer(std::int64_t version) {
    const std::int64_t known = latest_schema_version();
    if (version <= known) return {};
    return fail(ErrorCode::storage_version,
                "The data folder was written by a newer version of Latchkey. Run that version, or "
                "restore a backup made before the upgrade.",
                "schema version " + std::to_string(version) + "; this program knows up to " +
                    std::to_string(known));
}

/// Whether the schema is this program's already: the usual start, which takes no write lock.
Result<bool> is_current(database::Database& database) {
    auto tx = TRY(database.read());
    const auto version = current_version(*tx);
    // An empty data set has no such table, which only the write path can tell from a failure.
    if (!version) return false;
    TRY(check_not_newer(*version));
    return *version == latest_schema_version();
}

/// One step, unless another process took it between our look and our lock.
Result<void> apply(database::Database& database, const schema::Step& step, Timestamp now) {
    auto tx = TRY(database.write());
    TRY(tx->execute(make_version_table, {}));
    const std::int64_t version = TRY(current_version(*tx));
    TRY(check_not_newer(version));
    if (version >= step.version) return {};
    for (const database::Sql& statement : step.statements) TRY(tx->execute(statement, {}));
    TRY(tx->execute(record_step, {step.version, to_unix(now)}));
    return tx->commit();
}

}  // namespace

std::int64_t latest_schema_version() { return schema::steps().back().version; }

Result<void> migrate(database::Database& database, Timestamp now) {
    const bool current = TRY(is_current(database));
    if (current) return {};
    for (const schema::Step& step : schema::steps()) TRY(apply(database, step, now));
    return {};
}

}  // namespace latchkey::store
