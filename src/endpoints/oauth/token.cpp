#include "endpoints/oauth/token.hpp"

#include <optional>
#include <string>
#include <utility>

#include "database/run_write.hpp"
#include "endpoints/idempotency_key.hpp"
#include "endpoints/oauth/error.hpp"
#include "endpoints/oauth/form.hpp"
#include "json/writer.hpp"

namespace latchkey::endpoints {
namespace {

using enum oauth::Error;

/// A request that was read, without the store.
struct AskedForTokens {
    OauthForm form;  // what `grant` holds views of
    grants::TokenRequest grant;
    std::optional<std::string_view> idempotency_key;  // of the request, which outlives this
};

oauth::Result<AskedForTokens> read_request(const http::Request& request, grants::GrantTable table) {
    auto form = TRY(read_oauth_form(request));
    const FormParameters parameters(form.form);
    const auto grant_type = TRY(parameters.require("grant_type", "grant_type is missing"));
    const grants::GrantRow* row = grants::find_grant(table, grant_type);
    if (row == nullptr) return oauth::refuse(unsupported_grant_type);
    auto grant = TRY(row->read(parameters));
    return AskedForTokens{std::move(form), std::move(grant), read_idempotency_key(request)};
}

oauth::Result<grants::Tokens> run(const realm::Act& act, const OauthContext& with,
                                  database::WriteTransaction& tx, const AskedForTokens& asked) {
    const auto client = TRY(clients::authenticate_client(
        act.realm, tx, asked.form.client.credentials(), act.now, with.secret_uses));
    return asked.grant({act, tx, *client, asked.idempotency_key});
}

/// RFC 6749 5.1.
http::Response success(const ScopeRegistry& scopes, const grants::Tokens& tokens) {
    std::string body;
    json::Writer(body)
        .begin_object()
        .field("access_token", tokens.access_token.reveal())
        .field("token_type", "Bearer")
        .key("expires_in")
        .number(std::int64_t{tokens.expires_in.count()})
        .field("refresh_token", tokens.refresh_token.reveal())
        .field("scope", scopes.text(tokens.scopes))
        .end_object();
    return oauth_response(200, std::move(body));
}

}  // namespace

http::Handler oauth_token(const OauthContext& with, grants::GrantTable table) {
    return [with, table](const http::Request& request) -> http::Reply {
        auto parsed = read_request(request, table);
        if (!parsed) return oauth_error_response(parsed.error(), oauth::Endpoint::token);
        // The request's views live until the response is written.
        const audit::Context by{audit::Actor::client(), request.request_id, request.peer_address};
        return http::Write([with, by, asked = std::move(*parsed)](database::WriteGroup& group) {
            const realm::Act act{with.realm, with.ports.random, with.ports.clock.now(), by};
            const auto tokens = database::write_in(
                group, [&](database::WriteTransaction& tx) { return run(act, with, tx, asked); });
            if (!tokens) return oauth_error_response(tokens.error(), oauth::Endpoint::token);
            return success(with.realm.scopes, *tokens);
        });
    };
}

}  // namespace latchkey::endpoints
