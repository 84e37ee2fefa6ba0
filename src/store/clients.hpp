#pragma once

// Apps (OAuth clients) and the hashes of their secrets.

#include <optional>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// Errors: conflict when the id is taken.
[[nodiscard]] Result<void> insert_client(database::WriteTransaction& tx,
                                         const ClientRecord& client);
/// What everybody says who needs one that is not there.
[[nodiscard]] inline Failure no_such_app() {
    return fail(ErrorCode::not_found, "There is no such app.", "no app has this client id");
}
/// Absent if it is another realm's.
[[nodiscard]] Result<std::optional<ClientRecord>> find_client(database::ReadTransaction& tx,
                                                              RealmId realm, ClientId id);
/// The client of this id or else the next one in the order of ids: always a read of one client,
/// whether or not the id is known. Whichever realm it is of: the record says.
[[nodiscard]] Result<std::optional<ClientRecord>> find_client_from(database::ReadTransaction& tx,
                                                                   ClientId id);
[[nodiscard]] Result<std::optional<RealmId>> find_realm_of_client(database::ReadTransaction& tx,
                                                                  ClientId id);
/// A keyset page of a realm's apps.
[[nodiscard]] Result<std::vector<ClientRecord>> list_clients(database::ReadTransaction& tx,
                                                             RealmId realm,
                                                             std::optional<ClientId> after,
                                                             int limit);
/// Replaces name, origins, redirect URIs, scopes and secrets. Errors: not_found.
[[nodiscard]] Result<void> update_client(database::WriteTransaction& tx,
                                         const ClientRecord& client);
struct SecretUse {
    ClientId client_id;
    Bytes secret_hash;
    Timestamp at;
};
/// Remembers when a secret was last used, unless a later use is known.
[[nodiscard]] Result<void> note_secret_use(database::WriteTransaction& tx, const SecretUse& use);

/// Deletes the app with its secrets, logo, roles, webhooks, definitions and namespaces, and notes
/// its removal. Its connections, refresh families, grants and values go by sweep_removals; until
/// then they are there, and its access tokens work no more because find_readable_user looks at the
/// note. What reads a connection without that look must ask for the app as well. False: it was not
/// there, or is another realm's. Of several that delete it, one is told true.
[[nodiscard]] Result<bool> delete_client(database::WriteTransaction& tx, RealmId realm,
                                         ClientId id);

}  // namespace latchkey::store
