#include "endpoints/oauth/token.hpp"

#include <optional>
#include <string>
#include <utility>

#include "audit/audit.hpp"
#include "endpoints/oauth/client_authentication.hpp"
#include "endpoints/oauth/error.hpp"
#include "endpoints/oauth/form.hpp"
#include "grants/refresh.hpp"
#include "json/writer.hpp"

namespace latchkey::endpoints {
namespace {

struct TokenRequest {
    clients::ClientPtr client;
    Secret refresh_token;
    std::optional<std::string> scope;
    std::optional<std::string> idempotency_key;
};

Result<TokenRequest> read_request(const realm::Services& services, const http::Request& request) {
    auto [client, form] = TRY(read_oauth_form(services, request));
    const auto grant_type = form.find_given("grant_type");
    if (!grant_type) return fail(ErrorCode::malformed, "grant_type is missing");
    if (*grant_type != "refresh_token") {
        return fail(ErrorCode::unsupported, "This grant_type is not supported");
    }
    const auto refresh_token = form.find_given("refresh_token");
    if (!refresh_token) return fail(ErrorCode::malformed, "refresh_token is missing");
    TokenRequest result{std::move(client), Secret(std::string(*refresh_token)), std::nullopt,
                        std::nullopt};
    if (const auto scope = form.find_given("scope")) result.scope = *scope;
    if (request.header_count("Idempotency-Key") > 1) {
        return fail(ErrorCode::malformed, "Idempotency-Key came twice");
    }
    if (const auto key = request.header("Idempotency-Key")) result.idempotency_key = *key;
    return result;
}

http::Response success(const ScopeRegistry& scopes, const grants::RefreshedTokens& tokens) {
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

http::Response refresh(const realm::Services& services, const TokenRequest& request,
                       const audit::Context& audit) {
    grants::RefreshRequest domain{request.refresh_token.reveal(), std::nullopt};
    if (request.scope) domain.scope = *request.scope;
    if (request.idempotency_key) domain.idempotency_key = *request.idempotency_key;
    const auto tokens = grants::refresh_tokens(services, *request.client, domain,
                                               services.ports.clock.now(), audit);
    if (!tokens) return oauth_error_response(tokens.error());
    return success(services.realm.scopes, *tokens);
}

}  // namespace

http::Handler oauth_token(const realm::Services& services) {
    return [&services](const http::Request& request) -> http::Reply {
        auto parsed = read_request(services, request);
        if (!parsed) return oauth_error_response(parsed.error());
        // The request's views live until the response is written.
        const audit::Context audit{"client", request.request_id, request.peer_address};
        return http::Write([&services, parsed = std::move(*parsed), audit](database::WriteGroup&) {
            return refresh(services, parsed, audit);
        });
    };
}

}  // namespace latchkey::endpoints
