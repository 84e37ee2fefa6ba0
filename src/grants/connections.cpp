#include "grants/connections.hpp"

#include "store/connections.hpp"

namespace latchkey::grants {

Result<RevokeOutcome> revoke_connection(const realm::Act& act, database::WriteTransaction& tx,
                                        const ConnectionKey& key) {
    const bool was_live = TRY(store::revoke_connection(tx, key.user_id, key.client_id, act.now));
    if (!was_live) return RevokeOutcome::none_live;
    TRY(realm::record(tx, act, audit::Event::connection_revoked, {key.user_id, key.client_id}));
    return RevokeOutcome::revoked;
}

Result<std::vector<ConnectionRecord>> list_connections_of_user(database::ReadTransaction& tx,
                                                               UserId user_id,
                                                               std::optional<ClientId> after) {
    return store::list_connections_of_user(tx, user_id, after, max_connections_page);
}

}  // namespace latchkey::grants
