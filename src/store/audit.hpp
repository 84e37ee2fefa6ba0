#pragma once

// The audit trail: appended to in the transaction of what it tells about, never changed.

#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

[[nodiscard]] Result<void> append_audit(database::WriteTransaction& tx, const AuditRecord& record);
/// The newest `limit` records, newest first.
[[nodiscard]] Result<std::vector<AuditRecord>> list_newest_audit(database::ReadTransaction& tx,
                                                                 int limit);

}  // namespace latchkey::store
