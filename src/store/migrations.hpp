#pragma once

// The schema, as numbered steps. Each runs once, in its own transaction.

#include <cstdint>

#include "base/clock.hpp"
#include "database/database.hpp"

namespace latchkey::store {

/// The schema version that this program brings.
[[nodiscard]] std::int64_t latest_schema_version();

/// Brings the data set to this program's schema. Several processes may call it at once.
/// Errors: storage_version when a newer program wrote it; storage_full; storage_failed.
[[nodiscard]] Result<void> migrate(database::Database& database, Timestamp now);

}  // namespace latchkey::store
