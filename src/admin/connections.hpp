#pragma once

// Who is connected to which app, for the operator.

#include <variant>
#include <vector>

#include "admin/page.hpp"
#include "grants/connections.hpp"
#include "model/records.hpp"
#include "realm/act.hpp"

namespace latchkey::admin {

// Of any state. An app or a person that the realm does not have is refused, not taken for one
// without connections.

/// By user id. Errors: not_found (the app); invalid_argument (the page).
[[nodiscard]] Result<Page<ConnectionRecord, UserId>> list_connections_of_client(
    const realm::Realm& realm, database::ReadTransaction& tx, ClientId client_id,
    const PageRequest<UserId>& request);
/// By client id. Errors: not_found (the person); invalid_argument (the page).
[[nodiscard]] Result<Page<ConnectionRecord, ClientId>> list_connections_of_user(
    const realm::Realm& realm, database::ReadTransaction& tx, UserId user_id,
    const PageRequest<ClientId>& request);
/// Errors: not_found (the app or the person).
[[nodiscard]] Result<std::optional<ConnectionRecord>> find_connection(
    const realm::Realm& realm, database::ReadTransaction& tx, const grants::ConnectionKey& key);

/// As the person's own withdrawal. Errors: not_found (the realm has no such app or person).
[[nodiscard]] Result<grants::RevokeOutcome> revoke_connection(const realm::Act& act,
                                                              database::WriteTransaction& tx,
                                                              const grants::ConnectionKey& key);

/// How whoever finds nothing to revoke is told.
[[nodiscard]] Failure nothing_to_revoke();

}  // namespace latchkey::admin
