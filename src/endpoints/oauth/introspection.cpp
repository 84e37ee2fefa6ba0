#include "endpoints/oauth/introspection.hpp"

#include "endpoints/oauth/error.hpp"
#include "endpoints/oauth/form.hpp"
#include "grants/introspection.hpp"
#include "json/writer.hpp"

namespace latchkey::endpoints {
namespace {

/// RFC 7662 2.2. A refresh token has no token_type: it is no Bearer token of any API.
std::string describe(const grants::ActiveToken& token, std::string_view scope, ClientId client_id) {
    std::string body;
    json::Writer w(body);
    w.begin_object().key("active").boolean(true);
    w.field("scope", scope).field("client_id", client_id.text());
    if (token.kind == grants::TokenKind::access_token) w.field("token_type", "Bearer");
    if (token.public_id) w.field("sub", *token.public_id);
    if (token.issued_at) w.key("iat").number(to_unix(*token.issued_at));
    w.key("exp").number(to_unix(token.expires_at));
    w.end_object();
    return body;
}

oauth::Result<std::string> introspect(const OauthContext& with, database::ReadTransaction& tx,
                                      const AskedAboutToken& asked) {
    const Timestamp now = with.ports.clock.now();
    const auto client = TRY(clients::authenticate_client(
        with.realm, tx, asked.form.client.credentials(), now, with.secret_uses));
    const auto active = TRY(grants::introspect_token(with.realm, tx, *client, asked.token, now));
    // RFC 7662 2.2: nothing more about a token that is not active, not even why.
    if (!active) return std::string(R"({"active":false})");
    return describe(*active, with.realm.scopes.text(active->scopes), client->id);
}

}  // namespace

http::Handler oauth_introspection(const OauthContext& with) {
    return [with](const http::Request& request) -> http::Reply {
        auto parsed = read_token_form(request);
        if (!parsed) return oauth_error_response(parsed.error(), oauth::Endpoint::introspection);
        return http::Read([with, asked = std::move(*parsed)](database::ReadTransaction& tx) {
            auto body = introspect(with, tx, asked);
            return body ? oauth_response(200, std::move(*body))
                        : oauth_error_response(body.error(), oauth::Endpoint::introspection);
        });
    };
}

}  // namespace latchkey::endpoints
