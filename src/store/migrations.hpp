#pragma once

// Brings a data set to this program's schema, step by step. Each step runs once, in its own
// transaction.

#include "base/time/clock.hpp"
#include "database/database.hpp"
#include "store/schema/steps.hpp"

namespace latchkey::store {

/// Brings the data set to the last of `steps`, which are its engine's (schema/steps.hpp). Several
/// processes may call it at once.
/// Errors: storage_version when a newer program wrote it; storage_full; storage_failed.
[[nodiscard]] Result<void> migrate(database::Database& database, const schema::Steps& steps,
                                   Timestamp now);

}  // namespace latchkey::store
