#include "grants/issue.hpp"

#include <algorithm>

#include "store/connections.hpp"
#include "store/refresh_families.hpp"
#include "tokens/access_token.hpp"
#include "tokens/refresh_token.hpp"

namespace latchkey::grants {

Secret issue_access_token(const realm::Services& services, const ConnectionRecord& connection,
                          const RefreshFamilyRecord& family, ScopeSet scopes, Timestamp now) {
    tokens::AccessToken token;
    token.client_id = connection.client_id;
    token.user_id = connection.user_id;
    token.connection_revocations = connection.revocations;
    token.family = tokens::mark_of(family.family_id);
    token.scopes = services.realm.scopes.names(scopes);
    token.auth_time = family.auth_time;
    token.issued_at = now;
    token.expires_at = now + services.realm.lifetimes.access_token;
    return tokens::mint_access_token(services.realm.keys, token);
}

Timestamp family_row_expiry(const realm::Lifetimes& lifetimes, Timestamp absolute_end,
                            Timestamp now) {
    return std::min(absolute_end, now + lifetimes.refresh_idle);
}

Result<TokenPair> issue_family(const realm::Services& services, database::WriteTransaction& tx,
                               const ConnectionRecord& connection, const Granted& granted,
                               Timestamp now) {
    tokens::RefreshRouting routing;
    routing.user_id = connection.user_id;
    routing.client_id = connection.client_id;
    routing.family_id = make_ordered_id<FamilyId>(services.ports.random, now);
    routing.generation = 1;
    routing.family_expires_at = now + services.realm.lifetimes.refresh_absolute;

    TokenPair pair;
    pair.refresh_token =
        tokens::mint_refresh_token(services.realm.keys, services.ports.random, routing);

    RefreshFamilyRecord family;
    family.user_id = routing.user_id;
    family.client_id = routing.client_id;
    family.family_id = routing.family_id;
    family.generation = routing.generation;
    family.connection_revocations = connection.revocations;
    family.scopes = services.realm.scopes.names(granted.scopes);
    family.current_hash = tokens::hash_refresh_token(pair.refresh_token.reveal());
    family.rotated_at = now;
    family.expires_at = family_row_expiry(services.realm.lifetimes, routing.family_expires_at, now);
    if (granted.authentication) {
        family.session_id = granted.authentication->session_id;
        family.auth_time = granted.authentication->auth_time;
    }
    TRY(store::insert_refresh_family(tx, family, realm::max_live_families));

    pair.access_token = issue_access_token(services, connection, family, granted.scopes, now);
    return pair;
}

}  // namespace latchkey::grants
