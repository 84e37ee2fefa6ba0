#include "admin/audit_trail.hpp"

#include <algorithm>

#include "store/audit.hpp"

namespace latchkey::admin {

Result<std::vector<AuditRecord>> list_audit(const realm::Realm& realm,
                                            database::ReadTransaction& tx, int limit) {
    static_assert(max_listed_audit == 10'000, "the error text names the limit");
    if (limit < 1 || limit > max_listed_audit) {
        return fail(ErrorCode::invalid_argument, "A list of the trail has 1 to 10000 records.");
    }
    auto records = TRY(store::list_newest_audit(tx, realm.id(), limit));
    std::ranges::reverse(records);
    return records;
}

Result<std::vector<AuditRecord>> list_audit_after(const realm::Realm& realm,
                                                  database::ReadTransaction& tx,
                                                  const AuditRecord& last, int limit) {
    auto records = TRY(list_audit(realm, tx, limit));
    const auto found = std::find(records.rbegin(), records.rend(), last);
    records.erase(records.begin(), found.base());
    return records;
}

}  // namespace latchkey::admin
