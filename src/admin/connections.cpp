#include "admin/connections.hpp"

#include <utility>

#include "admin/refusals.hpp"
#include "store/clients.hpp"
#include "store/connections.hpp"
#include "store/users.hpp"

namespace latchkey::admin {
namespace {

Result<void> check_client(const realm::Realm& realm, database::ReadTransaction& tx, ClientId id) {
    const auto client = TRY(store::find_client(tx, realm.id(), id));
    if (!client) return store::no_such_app();
    return {};
}

Result<void> check_user(const realm::Realm& realm, database::ReadTransaction& tx, UserId id) {
    const auto user = TRY(store::find_user(tx, realm.id(), id));
    if (!user) return no_such_user();
    return {};
}

Result<void> check_both(const realm::Realm& realm, database::ReadTransaction& tx,
                        const grants::ConnectionKey& key) {
    TRY(check_client(realm, tx, key.client_id));
    return check_user(realm, tx, key.user_id);
}

}  // namespace

Result<Page<ConnectionRecord, UserId>> list_connections_of_client(
    const realm::Realm& realm, database::ReadTransaction& tx, ClientId client_id,
    const PageRequest<UserId>& request) {
    TRY(check_page(request.limit));
    TRY(check_client(realm, tx, client_id));
    auto rows = TRY(store::list_connections_of_client(tx, client_id, request.after, request.limit));
    return make_page<UserId>(std::move(rows), request.limit,
                             [](const ConnectionRecord& row) { return row.user_id; });
}

Result<Page<ConnectionRecord, ClientId>> list_connections_of_user(
    const realm::Realm& realm, database::ReadTransaction& tx, UserId user_id,
    const PageRequest<ClientId>& request) {
    TRY(check_page(request.limit));
    TRY(check_user(realm, tx, user_id));
    auto rows = TRY(store::list_connections_of_user(tx, user_id, request.after, request.limit));
    return make_page<ClientId>(std::move(rows), request.limit,
                               [](const ConnectionRecord& row) { return row.client_id; });
}

Result<std::optional<ConnectionRecord>> find_connection(const realm::Realm& realm,
                                                        database::ReadTransaction& tx,
                                                        const grants::ConnectionKey& key) {
    TRY(check_both(realm, tx, key));
    return store::find_connection(tx, key.user_id, key.client_id);
}

Result<grants::RevokeOutcome> revoke_connection(const realm::Act& act,
                                                database::WriteTransaction& tx,
                                                const grants::ConnectionKey& key) {
    TRY(check_both(act.realm, tx, key));
    return grants::revoke_connection(act, tx, key);
}

Failure nothing_to_revoke() {
    return fail(ErrorCode::not_found, "Nothing to revoke.",
                "this user has no live connection to this app");
}

}  // namespace latchkey::admin
