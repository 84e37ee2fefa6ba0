#pragma once

// The audit trail: appended to in the transaction of what it tells about, never changed, and
// removed by age alone. Records of one second stand in the order of event ids (base/random.hpp):
// that of their process, and for several processes some order that is the same for every reader.

#include <optional>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

[[nodiscard]] Result<void> append_audit(database::WriteTransaction& tx, const AuditRecord& record);
/// A realm's newest `limit` records, newest first.
[[nodiscard]] Result<std::vector<AuditRecord>> list_newest_audit(database::ReadTransaction& tx,
                                                                 RealmId realm, int limit);
/// What the trail says about a person, newest first, but for the tokens that apps fetched: the
/// families say when those were.
[[nodiscard]] Result<std::vector<AuditRecord>> list_audit_of_user(database::ReadTransaction& tx,
                                                                  UserId user_id, int limit);
/// The first realm after `after` with a trail, in the order of ids. A realm that was deleted has
/// one for a while. Absent: there is none.
[[nodiscard]] Result<std::optional<RealmId>> find_next_audited_realm(database::ReadTransaction& tx,
                                                                     RealmId after);
/// Removes at most `limit` of a realm's records from before `before`, oldest first; how many went.
[[nodiscard]] Result<std::int64_t> delete_old_audit(database::WriteTransaction& tx, RealmId realm,
                                                    Timestamp before, int limit);

}  // namespace latchkey::store
