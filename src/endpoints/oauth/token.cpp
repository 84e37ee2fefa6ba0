#include "endpoints/oauth/token.hpp"

#include <optional>
#include <string>
#include <utility>

#include "database/run_write.hpp"
#include "endpoints/oauth/error.hpp"
#include "endpoints/oauth/form.hpp"
#include "grants/refresh.hpp"
#include "json/writer.hpp"

namespace latchkey::endpoints {
namespace {

using enum oauth::Error;

struct TokenRequest {
    OauthForm form;
    std::optional<std::string_view> idempotency_key;  // of the request, which outlives this
};

oauth::Result<TokenRequest> read_request(const http::Request& request) {
    auto form = TRY(read_oauth_form(request));
    const auto grant_type = TRY(require(form.form, "grant_type", "grant_type is missing"));
    if (grant_type != "refresh_token") return oauth::refuse(unsupported_grant_type);
    TRY(require(form.form, "refresh_token", "refresh_token is missing"));
    if (request.header_count("Idempotency-Key") > 1) {
        return oauth::refuse(invalid_request, "Idempotency-Key came twice");
    }
    return TokenRequest{std::move(form), request.header("Idempotency-Key")};
}

http::Response success(const grants::Tokens& tokens) {
    std::string body;
    json::Writer(body)
        .begin_object()
        .field("access_token", tokens.access_token.reveal())
        .field("token_type", "Bearer")
        .key("expires_in")
        .number(std::int64_t{tokens.expires_in.count()})
        .field("refresh_token", tokens.refresh_token.reveal())
        .field("scope", tokens.scopes.text())
        .end_object();
    return oauth_response(200, std::move(body));
}

oauth::Result<grants::Tokens> refresh(const realm::Act& act, const OauthContext& with,
                                      database::WriteTransaction& tx, const TokenRequest& asked) {
    const http::Form& form = asked.form.form;
    const auto client =
        TRY(authenticate(act.realm, tx, asked.form.client, act.now, with.secret_uses));
    const auto token = TRY(require(form, "refresh_token", "refresh_token is missing"));
    return grants::refresh_tokens(act, tx, *client,
                                  {token, form.find_given("scope"), asked.idempotency_key});
}

}  // namespace

http::Handler oauth_token(const OauthContext& with) {
    return [with](const http::Request& request) -> http::Reply {
        auto parsed = read_request(request);
        if (!parsed) return oauth_error_response(parsed.error());
        // The request's views live until the response is written.
        const audit::Context by{"client", request.request_id, request.peer_address};
        return http::Write([with, by, asked = std::move(*parsed)](database::WriteGroup& group) {
            const realm::Act act{with.realm, with.ports.random, with.ports.clock.now(), by};
            const auto tokens = database::write_in(group, [&](database::WriteTransaction& tx) {
                return refresh(act, with, tx, asked);
            });
            return tokens ? success(*tokens) : oauth_error_response(tokens.error());
        });
    };
}

}  // namespace latchkey::endpoints
