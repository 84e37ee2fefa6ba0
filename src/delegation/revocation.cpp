#include "delegation/revocation.hpp"

#include "delegation/access_token.hpp"
#include "delegation/audit.hpp"
#include "delegation/refresh_token.hpp"
#include "store/connections.hpp"
#include "store/refresh_families.hpp"

namespace latchkey::delegation {
namespace {

struct Revocation {
    const Services& services;
    const ClientRecord& client;
    Timestamp now;
    const AuditContext& audit;
};

Failure of_another_client() {
    return fail(ErrorCode::invalid_token, "The token was issued to another client");
}

Result<void> revoke_family(const Revocation& revocation, const RefreshRouting& routing) {
    // RFC 7009 2.1: the token was issued to the client making the revocation request.
    if (routing.client_id != revocation.client.id) return of_another_client();
    const auto& services = revocation.services;
    auto tx = TRY(services.database.write());
    // Any token of the family will do, also one that was rotated away: who holds it may end it.
    const bool was_live = TRY(
        store::delete_refresh_family(*tx, routing.user_id, routing.client_id, routing.family_id));
    if (!was_live) return {};
    const Timestamp until = revocation.now + services.lifetimes.access_token;
    TRY(end_access(*tx, {routing.user_id, routing.client_id, {mark_of(routing.family_id), until}},
                   revocation.now));
    TRY(append_audit(*tx, services.keys.realm(), AuditAction::refresh_token_revoked,
                     {routing.user_id, routing.client_id}, revocation.now, revocation.audit));
    return tx->commit();
}

Result<void> revoke_access_token(const Revocation& revocation, const AccessToken& token,
                                 std::string_view text) {
    if (token.client_id != revocation.client.id) return of_another_client();
    // A token without a user hangs on no connection that could remember it.
    if (!token.user_id) return fail(ErrorCode::unsupported, "This token cannot be revoked");
    auto tx = TRY(revocation.services.database.write());
    TRY(end_access(*tx, {*token.user_id, token.client_id, {mark_of(text), token.expires_at}},
                   revocation.now));
    TRY(append_audit(*tx, revocation.services.keys.realm(), AuditAction::access_token_revoked,
                     {token.user_id, token.client_id}, revocation.now, revocation.audit));
    return tx->commit();
}

}  // namespace

Result<void> end_access(database::WriteTransaction& tx, const EndedAccess& access, Timestamp now) {
    const auto connection = TRY(store::find_connection(tx, access.user_id, access.client_id));
    if (!connection) return {};
    if (has_ended(connection->ended_marks, access.ended.mark, {})) return {};
    const auto marks = TRY(with_mark(connection->ended_marks, access.ended, now));
    const bool is_ours = TRY(store::replace_ended_marks(tx, *connection, marks));
    if (!is_ours) return fail(ErrorCode::unavailable, "Try again", "the connection changed");
    return {};
}

Result<void> revoke_token(const Services& services, const ClientRecord& client,
                          std::string_view token, Timestamp now, const AuditContext& audit) {
    const Revocation revocation{services, client, now, audit};
    // The token says itself what it is: a token_type_hint could only be wrong.
    if (const auto routing = open_refresh_token(services.keys, token)) {
        return revoke_family(revocation, *routing);
    }
    if (const auto access = open_access_token(services.keys, token, now)) {
        return revoke_access_token(revocation, *access, token);
    }
    return {};
}

}  // namespace latchkey::delegation
