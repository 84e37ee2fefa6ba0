#include "grants/access.hpp"

#include <utility>

namespace latchkey::grants {

Result<Access> authorize_access(const realm::Realm& realm, database::ReadTransaction& tx,
                                std::string_view access_token, Timestamp now) {
    const auto token = TRY(tokens::open_access_token(realm.keys, access_token, now));
    return authorize_token(realm, tx, token, access_token);
}

Result<Access> authorize_token(const realm::Realm& realm, database::ReadTransaction& tx,
                               const tokens::AccessToken& token, std::string_view text) {
    // RFC 9068 4: a token for another resource is none here. RFC 9449 7.1: one that is bound to a
    // key is not good for whoever bears it.
    if (!token.audience.empty() || token.confirmation) {
        return fail(ErrorCode::invalid_token, "The access token is not valid", "not for a bearer");
    }
    Access access{
        .token = token, .scopes = realm.scopes.known(token.scopes), .connected = std::nullopt};
    if (!access.token.user_id) return access;

    access.connected =
        TRY(store::find_readable_user(tx, *access.token.user_id, access.token.client_id));
    if (!access.connected) {
        return fail(ErrorCode::invalid_token, "The access token is not valid", "no connection");
    }
    const ConnectionRecord& connection = access.connected->connection;
    if (connection.state != ConnectionState::live ||
        connection.revocations != access.token.connection_revocations) {
        return fail(ErrorCode::invalid_token, "The access token is not valid", "revoked");
    }
    if (tokens::has_ended(connection.ended_marks, access.token.family, text)) {
        return fail(ErrorCode::invalid_token, "The access token is not valid", "ended");
    }
    // Mostly the two are the same, and read once.
    if (connection.scopes != access.token.scopes) {
        access.scopes = access.scopes & realm.scopes.known(connection.scopes);
    }
    return access;
}

}  // namespace latchkey::grants
