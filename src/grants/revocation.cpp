#include "grants/revocation.hpp"

#include "audit/audit.hpp"
#include "store/connections.hpp"
#include "store/refresh_families.hpp"
#include "tokens/access_token.hpp"
#include "tokens/refresh_token.hpp"

namespace latchkey::grants {
namespace {

struct Revocation {
    const realm::Services& services;
    const ClientRecord& client;
    Timestamp now;
    const audit::Context& audit;
};

Failure of_another_client() {
    return fail(ErrorCode::invalid_token, "The token was issued to another client");
}

Result<void> revoke_family(const Revocation& revocation, const tokens::RefreshRouting& routing) {
    // RFC 7009 2.1: the token was issued to the client making the revocation request.
    if (routing.client_id != revocation.client.id) return of_another_client();
    const auto& services = revocation.services;
    auto tx = TRY(services.database.write());
    // Any token of the family will do, also one that was rotated away: who holds it may end it.
    const bool was_live = TRY(
        store::delete_refresh_family(*tx, routing.user_id, routing.client_id, routing.family_id));
    if (!was_live) return {};
    const Timestamp until = revocation.now + services.realm.lifetimes.access_token;
    TRY(end_access(
        *tx, {routing.user_id, routing.client_id, {tokens::mark_of(routing.family_id), until}},
        revocation.now));
    TRY(audit::append(*tx, revocation.services.realm.keys.realm(),
                      audit::Event::refresh_token_revoked, {routing.user_id, routing.client_id},
                      revocation.now, revocation.audit));
    return tx->commit();
}

Result<void> revoke_access_token(const Revocation& revocation, const tokens::AccessToken& token,
                                 std::string_view text) {
    if (token.client_id != revocation.client.id) return of_another_client();
    // A token without a user hangs on no connection that could remember it.
    if (!token.user_id) return fail(ErrorCode::unsupported, "This token cannot be revoked");
    auto tx = TRY(revocation.services.database.write());
    TRY(end_access(*tx,
                   {*token.user_id, token.client_id, {tokens::mark_of(text), token.expires_at}},
                   revocation.now));
    TRY(audit::append(*tx, revocation.services.realm.keys.realm(),
                      audit::Event::access_token_revoked, {token.user_id, token.client_id},
                      revocation.now, revocation.audit));
    return tx->commit();
}

}  // namespace

Result<void> end_access(database::WriteTransaction& tx, const EndedAccess& access, Timestamp now) {
    const auto connection = TRY(store::find_connection(tx, access.user_id, access.client_id));
    if (!connection) return {};
    if (tokens::has_ended(connection->ended_marks, access.ended.mark, {})) return {};
    const auto marks = TRY(tokens::with_mark(connection->ended_marks, access.ended, now));
    const bool is_ours = TRY(store::replace_ended_marks(tx, *connection, marks));
    if (!is_ours) return fail(ErrorCode::unavailable, "Try again", "the connection changed");
    return {};
}

Result<void> revoke_token(const realm::Services& services, const ClientRecord& client,
                          std::string_view token, Timestamp now, const audit::Context& audit) {
    const Revocation revocation{services, client, now, audit};
    // The token says itself what it is: a token_type_hint could only be wrong.
    if (const auto routing = tokens::open_refresh_token(services.realm.keys, token)) {
        return revoke_family(revocation, *routing);
    }
    if (const auto access = tokens::open_access_token(services.realm.keys, token, now)) {
        return revoke_access_token(revocation, *access, token);
    }
    return {};
}

}  // namespace latchkey::grants
