#include "grants/issue.hpp"

#include <algorithm>

#include "store/connections.hpp"
#include "store/refresh_families.hpp"
#include "tokens/access_token.hpp"
#include "tokens/refresh_token.hpp"

namespace latchkey::grants {

Secret issue_access_token(const realm::Act& act, const ConnectionRecord& connection,
                          const AccessStart& start) {
    tokens::AccessToken token;
    token.client_id = connection.client_id;
    token.user_id = connection.user_id;
    token.connection_revocations = connection.revocations;
    token.family = tokens::mark_of(start.family);
    token.scopes = act.realm.scopes.names(start.scopes);
    token.auth_time = start.auth_time;
    token.confirmation = start.confirmation;
    token.issued_at = act.now;
    token.expires_at = act.now + act.realm.lifetimes.access_token;
    return tokens::mint_access_token(act.realm.keys, token);
}

Timestamp family_row_expiry(const realm::Lifetimes& lifetimes, Timestamp absolute_end,
                            Timestamp now) {
    return std::min(absolute_end, now + lifetimes.refresh_idle);
}

Result<Tokens> issue_family(const realm::Act& act, database::WriteTransaction& tx,
                            const ConnectionRecord& connection, const FamilyStart& start) {
    const realm::Lifetimes& lifetimes = act.realm.lifetimes;
    tokens::RefreshRouting routing;
    routing.user_id = connection.user_id;
    routing.client_id = connection.client_id;
    routing.family_id = make_ordered_id<FamilyId>(act.random, act.now);
    routing.generation = 1;
    routing.family_expires_at = act.now + lifetimes.refresh_absolute;

    Tokens tokens;
    tokens.user_id = connection.user_id;
    tokens.refresh_token = tokens::mint_refresh_token(act.realm.keys, act.random, routing);

    RefreshFamilyRecord family;
    family.user_id = routing.user_id;
    family.client_id = routing.client_id;
    family.family_id = routing.family_id;
    family.generation = routing.generation;
    family.connection_revocations = connection.revocations;
    family.scopes = act.realm.scopes.names(start.scopes);
    if (start.authentication) {
        family.session_id = start.authentication->session_id;
        family.auth_time = start.authentication->auth_time;
    }
    family.current_hash = tokens::hash_refresh_token(tokens.refresh_token.reveal());
    family.rotated_at = act.now;
    family.expires_at = family_row_expiry(lifetimes, routing.family_expires_at, act.now);
    TRY(store::insert_refresh_family(tx, family, realm::max_live_families));

    tokens.access_token = issue_access_token(
        act, connection, {family.family_id, start.scopes, family.auth_time, start.confirmation});
    tokens.expires_in = lifetimes.access_token;
    tokens.scopes = start.scopes;
    return tokens;
}

}  // namespace latchkey::grants
