#include "grants/access.hpp"

#include <utility>

namespace latchkey::grants {

Result<Access> authorize_access(const realm::Realm& realm, database::ReadTransaction& tx,
                                std::string_view access_token, Timestamp now) {
    const auto token = TRY(tokens::open_access_token(realm.keys, access_token, now));
    return authorize_token(tx, token, access_token);
}

Result<Access> authorize_token(database::ReadTransaction& tx, const tokens::AccessToken& token,
                               std::string_view text) {
    Access access{.token = token, .scopes = token.scopes, .connected = std::nullopt};
    if (!access.token.user_id) return access;

    access.connected =
        TRY(store::find_readable_user(tx, *access.token.user_id, access.token.client_id));
    if (!access.connected) {
        return fail(ErrorCode::invalid_token, "The access token is not valid", "no connection");
    }
    const ConnectionRecord& connection = access.connected->connection;
    if (connection.state != ConnectionState::live ||
        connection.revocations != access.token.connection_generation) {
        return fail(ErrorCode::invalid_token, "The access token is not valid", "revoked");
    }
    if (tokens::has_ended(connection.ended_marks, access.token.session, text)) {
        return fail(ErrorCode::invalid_token, "The access token is not valid", "ended");
    }
    access.scopes = access.scopes & connection.scopes;
    return access;
}

}  // namespace latchkey::grants
