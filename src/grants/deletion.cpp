#include "grants/deletion.hpp"

#include "grants/connections.hpp"
#include "store/users.hpp"

namespace latchkey::grants {
namespace {

Result<void> revoke_all(const realm::Act& act, database::WriteTransaction& tx, UserId user_id) {
    std::optional<ClientId> after;
    for (;;) {
        const auto page = TRY(list_connections_of_user(tx, user_id, after));
        if (page.empty()) return {};
        for (const ConnectionRecord& connection : page) {
            if (connection.state != ConnectionState::live) continue;
            (void)TRY(revoke_connection(act, tx, {user_id, connection.client_id}));
        }
        after = page.back().client_id;
    }
}

}  // namespace

Result<bool> delete_user(const realm::Act& act, database::WriteTransaction& tx, UserId user_id) {
    const auto user = TRY(store::find_user(tx, act.realm.id(), user_id));
    if (!user) return false;
    TRY(revoke_all(act, tx, user_id));
    const bool deleted = TRY(store::delete_user(tx, user_id));
    if (!deleted) return false;
    TRY(realm::record(tx, act, audit::Event::user_deleted, {user_id, std::nullopt}));
    return true;
}

}  // namespace latchkey::grants
