#include "store/migrations.hpp"

#include <string>

#include "database/run_write.hpp"

namespace latchkey::store {
namespace {

using database::Row;

// The table that says which steps ran. It is made before the first of them, in words that every
// engine knows.
constexpr database::Sql make_version_table =
    R"(CREATE TABLE IF NOT EXISTS schema_steps (
        version BIGINT PRIMARY KEY,
        applied_at BIGINT NOT NULL
    ))";
constexpr database::Sql read_version = "SELECT max(version) FROM schema_steps";
constexpr database::Sql record_step =
    "INSERT INTO schema_steps (version, applied_at) VALUES (?1, ?2)";

Result<std::int64_t> current_version(database::ReadTransaction& tx) {
    const auto version = TRY(tx.find(read_version, {}, [](const Row& row) {
        return row.is_null(0) ? std::int64_t{0} : row.integer(0);
    }));
    return version.value_or(0);
}

std::int64_t last_version(const schema::Steps& steps) {
    return steps.empty() ? 0 : steps.back().version;
}

Result<void> check_not_newer(std::int64_t version, std::int64_t known) {
    if (version <= known) return {};
    return fail(ErrorCode::storage_version,
                "The data folder was written by a newer version of Latchkey. Run that version, or "
                "restore a backup made before the upgrade.",
                "schema version " + std::to_string(version) + "; this program knows up to " +
                    std::to_string(known));
}

/// Whether the schema is this program's already: the usual start, which takes no write lock.
Result<bool> is_current(database::Database& database, std::int64_t known) {
    auto tx = TRY(database.read());
    const auto version = current_version(*tx);
    // An empty data set has no such table, which only the write path can tell from a failure.
    if (!version) return false;
    TRY(check_not_newer(*version, known));
    return *version == known;
}

/// One step, unless another process took it between our look and our lock.
Result<void> apply(database::Database& database, const schema::Step& step, std::int64_t known,
                   Timestamp now) {
    return database::run_write(database, [&](database::WriteTransaction& tx) -> Result<void> {
        TRY(tx.execute(make_version_table, {}));
        const std::int64_t version = TRY(current_version(tx));
        TRY(check_not_newer(version, known));
        if (version >= step.version) return {};
        for (const database::Sql& statement : step.statements) TRY(tx.execute(statement, {}));
        TRY(tx.execute(record_step, {step.version, to_unix(now)}));
        return {};
    });
}

}  // namespace

Result<void> migrate(database::Database& database, const schema::Steps& steps, Timestamp now) {
    const std::int64_t known = last_version(steps);
    const bool current = TRY(is_current(database, known));
    if (current) return {};
    for (const schema::Step& step : steps) TRY(apply(database, step, known, now));
    return {};
}

}  // namespace latchkey::store
