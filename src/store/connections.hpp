#pragma once

// Connections: a person's consent to one app. Every state change is one statement that checks and
// sets, so that no two requests can both win.

#include <optional>
#include <string>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// A connection and the user's sealed profile in one read: the Users API's hot path.
struct ConnectedUser {
    ConnectionRecord connection;
    UserRecord user;
};
/// For who has looked the app up in the same transaction. Absent also when the person was deleted
/// and the connection waits to be swept.
[[nodiscard]] Result<std::optional<ConnectedUser>> find_connected_user(
    database::ReadTransaction& tx, UserId user_id, ClientId client_id);
/// For who has a token and nothing else: absent also when the app was deleted.
[[nodiscard]] Result<std::optional<ConnectedUser>> find_readable_user(database::ReadTransaction& tx,
                                                                      UserId user_id,
                                                                      ClientId client_id);

[[nodiscard]] Result<std::optional<ConnectionRecord>> find_connection(database::ReadTransaction& tx,
                                                                      UserId user_id,
                                                                      ClientId client_id);
/// Keyset pages: of one user's connections by client id, of one client's by user id.
[[nodiscard]] Result<std::vector<ConnectionRecord>> list_connections_of_user(
    database::ReadTransaction& tx, UserId user_id, std::optional<ClientId> after, int limit);
[[nodiscard]] Result<std::vector<ConnectionRecord>> list_connections_of_client(
    database::ReadTransaction& tx, ClientId client_id, std::optional<UserId> after, int limit);

/// A live connection with what a person knows the app by.
struct ConnectedApp {
    ConnectionRecord connection;
    std::optional<Timestamp> last_read_at;  // accurate to the housekeeping interval
    std::string name;
    std::vector<std::string> origins;
    std::optional<LogoLabel> logo;
};
/// Live connections in keyset pages by client id.
[[nodiscard]] Result<std::vector<ConnectedApp>> list_connected_apps(database::ReadTransaction& tx,
                                                                    UserId user_id,
                                                                    std::optional<ClientId> after,
                                                                    int limit);

/// Creates the connection, or sets its scopes and makes it live again; its revocations stay as they
/// are, so that nothing issued before the last one works. The row as it is afterwards.
[[nodiscard]] Result<ConnectionRecord> upsert_connection(database::WriteTransaction& tx,
                                                         UserId user_id, ClientId client_id,
                                                         const ScopeNames& scopes, Timestamp now);
/// Compare-and-set of `read.ended_marks`. False: someone else changed them meanwhile.
[[nodiscard]] Result<bool> replace_ended_marks(database::WriteTransaction& tx,
                                               const ConnectionRecord& read, ByteView marks);
/// Marks it revoked, counts the revocation, deletes its refresh families and tells the app's
/// webhooks. False: none live. Of several that revoke it, one is told true.
[[nodiscard]] Result<bool> revoke_connection(database::WriteTransaction& tx, UserId user_id,
                                             ClientId client_id, Timestamp now);
/// Notes that an app read a person's data. Never moves the time back.
[[nodiscard]] Result<void> note_read(database::WriteTransaction& tx, UserId user_id,
                                     ClientId client_id, Timestamp at);

}  // namespace latchkey::store
