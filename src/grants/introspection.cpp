#include "grants/introspection.hpp"

#include <algorithm>

#include "grants/access.hpp"
#include "grants/refresh.hpp"
#include "realm/public_ids.hpp"
#include "store/connections.hpp"
#include "store/refresh_families.hpp"

namespace latchkey::grants {
namespace {

using Described = Result<std::optional<ActiveToken>>;

struct Introspection {
    const realm::Realm& realm;
    database::ReadTransaction& tx;
    const ClientRecord& client;
    Timestamp now;
};

Described of_refresh_token(const Introspection& asked, std::string_view text,
                           const tokens::RefreshRouting& routing) {
    if (routing.client_id != asked.client.id) return std::nullopt;
    const auto family = TRY(store::find_refresh_family(asked.tx, routing.user_id, routing.client_id,
                                                       routing.family_id));
    const auto connection =
        TRY(store::find_connection(asked.tx, routing.user_id, routing.client_id));
    if (!family || !connection || !is_under(*family, *connection)) return std::nullopt;
    if (asked.now >= routing.family_expires_at) return std::nullopt;
    const auto decision = decide_refresh(*family, {routing, tokens::hash_refresh_token(text)},
                                         asked.now, refresh_grace(asked.realm.lifetimes));
    if (decision != RefreshDecision::rotate && decision != RefreshDecision::repeat) {
        return std::nullopt;
    }
    const ScopeRegistry& scopes = asked.realm.scopes;
    return ActiveToken{
        .kind = TokenKind::refresh_token,
        .scopes = scopes.known(family->scopes) & scopes.known(connection->scopes) &
                  scopes.known(asked.client.scopes),
        .public_id = asked.realm.public_ids.public_id(routing.client_id, routing.user_id),
        .issued_at = std::nullopt,
        .expires_at = std::min(family->expires_at, routing.family_expires_at)};
}

Described of_access_token(const Introspection& asked, std::string_view text) {
    const auto access = authorize_access(asked.realm, asked.tx, text, asked.now);
    if (!access && access.error().code == ErrorCode::invalid_token) return std::nullopt;
    if (!access) return Failure(access.error());
    const tokens::AccessToken& token = access->token;
    if (token.client_id != asked.client.id) return std::nullopt;
    ActiveToken active{.kind = TokenKind::access_token,
                       .scopes = access->scopes,
                       .public_id = std::nullopt,
                       .issued_at = token.issued_at,
                       .expires_at = token.expires_at};
    if (token.user_id) {
        active.public_id = asked.realm.public_ids.public_id(token.client_id, *token.user_id);
    }
    return active;
}

}  // namespace

Described introspect_token(const realm::Realm& realm, database::ReadTransaction& tx,
                           const ClientRecord& client, std::string_view token, Timestamp now) {
    const Introspection asked{realm, tx, client, now};
    if (const auto routing = tokens::open_refresh_token(realm.keys, token)) {
        return of_refresh_token(asked, token, *routing);
    }
    return of_access_token(asked, token);
}

}  // namespace latchkey::grants
