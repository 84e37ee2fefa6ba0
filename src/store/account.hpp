#pragma once

// What the account page reads and changes: one person's apps, browsers and trail, and the
// deletion of all of it.

#include <optional>
#include <string>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// A live connection with what a person knows the app by.
struct ConnectedApp {
    ConnectionRecord connection;
    std::string name;
    std::vector<std::string> origins;
    std::optional<Timestamp> last_read_at;  // accurate to the housekeeping interval
    std::optional<LogoLabel> logo;
};
/// Live connections in keyset pages by client id.
[[nodiscard]] Result<std::vector<ConnectedApp>> list_connected_apps(database::ReadTransaction& tx,
                                                                    UserId user_id,
                                                                    std::optional<ClientId> after,
                                                                    int limit);
/// Notes that an app read a person's data. Never moves the time back.
[[nodiscard]] Result<void> note_read(database::WriteTransaction& tx, UserId user_id,
                                     ClientId client_id, Timestamp at);

/// A person's sessions that have not expired, in order of their hashes.
[[nodiscard]] Result<std::vector<BrowserSessionRecord>> list_sessions(database::ReadTransaction& tx,
                                                                      UserId user_id, Timestamp now,
                                                                      int limit);
/// One of this person's sessions. False: there is no such session.
[[nodiscard]] Result<bool> delete_session_of(database::WriteTransaction& tx, UserId user_id,
                                             ByteView session_hash);
/// All of a person's sessions but one; how many went.
[[nodiscard]] Result<std::int64_t> delete_other_sessions(database::WriteTransaction& tx,
                                                         UserId user_id, ByteView kept_hash);

/// A refresh-token family as the person may see it.
struct AppSession {
    Timestamp tokens_issued_at;  // the last ones
    Timestamp expires_at;        // unless the app refreshes before
};
/// The sessions in which an app can read a person's data, oldest first: as many as an app may have.
[[nodiscard]] Result<std::vector<AppSession>> list_app_sessions(database::ReadTransaction& tx,
                                                                UserId user_id, ClientId client_id,
                                                                Timestamp now);

/// What the audit trail says about a person, newest first, but for the tokens that apps fetched:
/// the families say when those were.
[[nodiscard]] Result<std::vector<AuditRecord>> list_audit_of_user(database::ReadTransaction& tx,
                                                                  UserId user_id, int limit);

/// A value that an app keeps on a person.
struct KeptValue {
    ClientId client_id;
    std::string name_space;
    std::string key;
    std::string value;
    Timestamp updated_at;
};
[[nodiscard]] Result<std::vector<KeptValue>> list_kept_values(database::ReadTransaction& tx,
                                                              UserId user_id, int limit);

/// Deletes the person, whose wrapped key goes with the row, and every row about them but the audit
/// trail, which holds no personal data. False: there is no such person.
[[nodiscard]] Result<bool> delete_user(database::WriteTransaction& tx, UserId user_id);

}  // namespace latchkey::store
