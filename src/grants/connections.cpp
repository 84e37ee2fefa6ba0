#include "grants/connections.hpp"

#include "audit/audit.hpp"
#include "store/connections.hpp"

namespace latchkey::grants {

Result<RevokeOutcome> revoke_connection(const realm::Services& services, const ConnectionKey& key,
                                        Timestamp now, const audit::Context& audit) {
    auto tx = TRY(services.database.write());
    const RevokeOutcome outcome =
        TRY(revoke_connection(*tx, services.realm.keys.realm(), key, now, audit));
    if (outcome == RevokeOutcome::revoked) TRY(tx->commit());
    return outcome;
}

Result<RevokeOutcome> revoke_connection(database::WriteTransaction& tx, RealmId realm,
                                        const ConnectionKey& key, Timestamp now,
                                        const audit::Context& audit) {
    const bool was_live = TRY(store::revoke_connection(tx, key.user_id, key.client_id, now));
    if (!was_live) return RevokeOutcome::none_live;
    TRY(audit::append(tx, realm, audit::Event::connection_revoked, {key.user_id, key.client_id},
                      now, audit));
    return RevokeOutcome::revoked;
}

Result<std::vector<ConnectionRecord>> list_connections_of_user(database::ReadTransaction& tx,
                                                               UserId user_id,
                                                               std::optional<ClientId> after) {
    return store::list_connections_of_user(tx, user_id, after, max_connections_page);
}

Result<std::vector<ConnectionRecord>> list_connections_of_client(database::ReadTransaction& tx,
                                                                 ClientId client_id,
                                                                 std::optional<UserId> after) {
    return store::list_connections_of_client(tx, client_id, after, max_connections_page);
}

}  // namespace latchkey::grants
