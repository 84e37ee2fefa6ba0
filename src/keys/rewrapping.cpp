#include "keys/rewrapping.hpp"

#include "store/keys.hpp"

namespace latchkey::keys {

Result<int> rewrap_all(database::WriteTransaction& tx, const MasterKeyChange& change,
                       Random& random) {
    const auto records = TRY(store::list_all_keys(tx));
    for (const store::KeyRecord& record : records) {
        const Secret key = TRY(change.from.unwrap(record));
        const auto next = change.to.wrap(key, {record.realm_id, record.purpose, record.version},
                                         random, record.created_at);
        TRY(store::replace_wrapped_key(tx, record, next.wrapped_key));
    }
    return static_cast<int>(records.size());
}

Result<void> check_master_key(database::ReadTransaction& tx, const Wrapping& wrapping) {
    const auto records = TRY(store::list_all_keys(tx));
    // They are all under one master key: the first tells.
    if (records.empty() || wrapping.unwrap(records.front())) return {};
    return fail(ErrorCode::invalid_argument, "The master key was changed.",
                "start this process again with the new master key");
}

}  // namespace latchkey::keys
