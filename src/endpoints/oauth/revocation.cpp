#include "endpoints/oauth/revocation.hpp"

#include <utility>

#include "audit/audit.hpp"
#include "endpoints/oauth/error.hpp"
#include "endpoints/oauth/form.hpp"
#include "grants/revocation.hpp"

namespace latchkey::endpoints {
namespace {

struct RevocationRequest {
    clients::ClientPtr client;
    Secret token;
};

Result<RevocationRequest> read_request(const realm::Services& services,
                                       const http::Request& request) {
    auto [client, form] = TRY(read_oauth_form(services, request));
    const auto token = form.find_given("token");
    if (!token) return fail(ErrorCode::malformed, "token is missing");
    // RFC 7009 2.1: the server MAY ignore token_type_hint. Tokens say what they are.
    return RevocationRequest{std::move(client), Secret(std::string(*token))};
}

http::Response revoke(const realm::Services& services, const RevocationRequest& request,
                      const audit::Context& audit) {
    const auto revoked = grants::revoke_token(services, *request.client, request.token.reveal(),
                                              services.ports.clock.now(), audit);
    if (revoked) return oauth_response(200, "{}");
    if (revoked.error().code == ErrorCode::unsupported) {
        return oauth_error_as(revoked.error(), 400, "unsupported_token_type");
    }
    return oauth_error_response(revoked.error());
}

}  // namespace

http::Handler oauth_revocation(const realm::Services& services) {
    return [&services](const http::Request& request) -> http::Reply {
        auto parsed = read_request(services, request);
        if (!parsed) return oauth_error_response(parsed.error());
        // The request's views live until the response is written.
        const audit::Context audit{"client", request.request_id, request.peer_address};
        return http::Write([&services, parsed = std::move(*parsed), audit](database::WriteGroup&) {
            return revoke(services, parsed, audit);
        });
    };
}

}  // namespace latchkey::endpoints
