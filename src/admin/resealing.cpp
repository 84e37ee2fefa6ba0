#include "admin/resealing.hpp"

#include "database/run_write.hpp"
#include "webauthn/passkey_names.hpp"
#include "webhooks/subscriptions.hpp"

namespace latchkey::admin {

std::vector<keys::SealedColumn> sealed_columns() {
    return {keys::user_keys(), webauthn::passkey_names(), webhooks::sealed_secrets()};
}

Result<std::int64_t> reseal(const realm::Act& act, database::Database& database) {
    keys::Resealer resealer(act.realm.keys, sealed_columns());
    std::int64_t rows = 0;
    const auto step = [&](database::WriteTransaction& tx) -> Result<int> {
        const int looked_at = TRY(resealer.step(tx, resealing_rows, act.now));
        if (rows == 0 && looked_at > 0) {
            TRY(realm::record(tx, act, audit::Event::data_resealed, {}));
        }
        return looked_at;
    };
    while (resealer.is_due(act.now)) rows += TRY(database::run_write(database, step));
    return rows;
}

}  // namespace latchkey::admin
