#pragma once

// The audit trail, read.

#include <vector>

#include "model/records.hpp"
#include "realm/realm.hpp"

namespace latchkey::admin {

inline constexpr int max_listed_audit = 10'000;

/// A realm's newest records, oldest first. Errors: invalid_argument (`limit` is 1 to
/// max_listed_audit).
[[nodiscard]] Result<std::vector<AuditRecord>> list_audit(const realm::Realm& realm,
                                                          database::ReadTransaction& tx, int limit);
/// Those of them that came after `last`, as it was read before; all, if so many came since that it
/// is not among them.
[[nodiscard]] Result<std::vector<AuditRecord>> list_audit_after(const realm::Realm& realm,
                                                                database::ReadTransaction& tx,
                                                                const AuditRecord& last, int limit);

}  // namespace latchkey::admin
