#pragma once

// The audit trail: appended to in the transaction of what it tells about, never changed, and
// removed by age alone.

#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

[[nodiscard]] Result<void> append_audit(database::WriteTransaction& tx, const AuditRecord& record);
/// The newest `limit` records, newest first.
[[nodiscard]] Result<std::vector<AuditRecord>> list_newest_audit(database::ReadTransaction& tx,
                                                                 int limit);
/// Removes at most `limit` records from before `before`, oldest first; how many went.
[[nodiscard]] Result<std::int64_t> delete_old_audit(database::WriteTransaction& tx,
                                                    Timestamp before, int limit);

}  // namespace latchkey::store
