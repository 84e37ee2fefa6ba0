#include "grants/revocation.hpp"

#include "store/connections.hpp"
#include "store/refresh_families.hpp"
#include "tokens/access_token.hpp"
#include "tokens/refresh_token.hpp"

namespace latchkey::grants {
namespace {

std::unexpected<oauth::Refused> of_another_client() {
    return oauth::refuse(oauth::Error::invalid_grant, "The token was issued to another client");
}

oauth::Result<void> revoke_family(const realm::Act& act, database::WriteTransaction& tx,
                                  const tokens::RefreshRouting& routing) {
    // Any token of the family will do, also one that was rotated away: who holds it may end it.
    const bool was_live = TRY(
        store::delete_refresh_family(tx, routing.user_id, routing.client_id, routing.family_id));
    if (!was_live) return {};
    const Timestamp until = act.now + act.realm.lifetimes.access_token;
    const tokens::EndedMark mark{tokens::mark_of(routing.family_id), until};
    TRY(end_access(tx, {routing.user_id, routing.client_id, mark}, act.now));
    TRY(realm::record(tx, act, audit::Event::refresh_token_revoked,
                      {routing.user_id, routing.client_id}));
    return {};
}

oauth::Result<void> revoke_access_token(const realm::Act& act, database::WriteTransaction& tx,
                                        const tokens::AccessToken& token, std::string_view text) {
    // A token without a user hangs on no connection that could remember it.
    if (!token.user_id) {
        return oauth::refuse(oauth::Error::unsupported_token_type, "This token cannot be revoked");
    }
    const tokens::EndedMark mark{tokens::mark_of(text), token.expires_at};
    TRY(end_access(tx, {*token.user_id, token.client_id, mark}, act.now));
    TRY(realm::record(tx, act, audit::Event::access_token_revoked,
                      {token.user_id, token.client_id}));
    return {};
}

}  // namespace

Result<void> end_access(database::WriteTransaction& tx, const EndedAccess& access, Timestamp now) {
    const auto connection = TRY(store::find_connection(tx, access.user_id, access.client_id));
    if (!connection) return {};
    if (tokens::has_ended(connection->ended_marks, access.ended.mark, {})) return {};
    const auto marks = TRY(tokens::with_mark(connection->ended_marks, access.ended, now));
    const bool is_ours = TRY(store::replace_ended_marks(tx, *connection, marks));
    if (!is_ours) {
        return fail(ErrorCode::serialization_failure, "Try again", "the connection changed");
    }
    return {};
}

oauth::Result<void> revoke_token(const realm::Act& act, database::WriteTransaction& tx,
                                 const ClientRecord& client, std::string_view token) {
    // The token says itself what it is: a token_type_hint could only be wrong.
    // RFC 7009 2.1: the token was issued to the client making the revocation request.
    if (const auto routing = tokens::open_refresh_token(act.realm.keys, token)) {
        if (routing->client_id != client.id) return of_another_client();
        return revoke_family(act, tx, *routing);
    }
    if (const auto access = tokens::open_access_token(act.realm.keys, token, act.now)) {
        if (access->client_id != client.id) return of_another_client();
        return revoke_access_token(act, tx, *access, token);
    }
    return {};
}

}  // namespace latchkey::grants
