#include "endpoints/oauth_revocation.hpp"

#include <utility>

#include "delegation/revocation.hpp"
#include "endpoints/oauth_error.hpp"
#include "endpoints/oauth_form.hpp"

namespace latchkey::endpoints {
namespace {

struct RevocationRequest {
    delegation::ClientPtr client;
    Secret token;
};

Result<RevocationRequest> read_request(const delegation::Services& services,
                                       const http::Request& request) {
    auto [client, form] = TRY(read_oauth_form(services, request));
    const auto token = form.find_given("token");
    if (!token) return fail(ErrorCode::malformed, "token is missing");
    // RFC 7009 2.1: the server MAY ignore token_type_hint. Tokens say what they are.
    return RevocationRequest{std::move(client), Secret(std::string(*token))};
}

http::Response revoke(const delegation::Services& services, const RevocationRequest& request,
                      const delegation::AuditContext& audit) {
    const auto revoked = delegation::revoke_token(services, *request.client, request.token.reveal(),
                                                  services.clock.now(), audit);
    if (revoked) return oauth_response(200, "{}");
    if (revoked.error().code == ErrorCode::unsupported) {
        return oauth_error_as(revoked.error(), 400, "unsupported_token_type");
    }
    return oauth_error_response(revoked.error());
}

}  // namespace

http::Handler oauth_revocation(const delegation::Services& services) {
    return [&services](const http::Request& request) -> http::Reply {
        auto parsed = read_request(services, request);
        if (!parsed) return oauth_error_response(parsed.error());
        // The request's views live until the response is written.
        const delegation::AuditContext audit{"client", request.request_id, request.peer_address};
        return http::Write([&services, parsed = std::move(*parsed), audit](database::WriteGroup&) {
            return revoke(services, parsed, audit);
        });
    };
}

}  // namespace latchkey::endpoints
