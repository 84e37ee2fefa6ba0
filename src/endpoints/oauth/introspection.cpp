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

Result<std::string> introspect(const realm::Services& services, const http::Request& request) {
    const auto [client, form] = TRY(read_oauth_form(services, request));
    const auto token = form.find_given("token");
    if (!token) return fail(ErrorCode::malformed, "token is missing");
    auto tx = TRY(services.database.read());
    const auto active =
        TRY(grants::introspect_token(services, *tx, *client, *token, services.ports.clock.now()));
    // RFC 7662 2.2: nothing more about a token that is not active, not even why.
    if (!active) return std::string(R"({"active":false})");
    return describe(*active, services.realm.scopes.text(active->scopes), client->id);
}

}  // namespace

http::Handler oauth_introspection(const realm::Services& services) {
    return [&services](const http::Request& request) -> http::Reply {
        auto body = introspect(services, request);
        return body ? oauth_response(200, std::move(*body)) : oauth_error_response(body.error());
    };
}

}  // namespace latchkey::endpoints
