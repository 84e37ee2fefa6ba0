#include "endpoints/oauth/revocation.hpp"

#include <utility>

#include "database/run_write.hpp"
#include "endpoints/oauth/error.hpp"
#include "endpoints/oauth/form.hpp"
#include "grants/revocation.hpp"

namespace latchkey::endpoints {
namespace {

oauth::Result<void> revoke(const realm::Act& act, const OauthContext& with,
                           database::WriteTransaction& tx, const AskedAboutToken& asked) {
    const auto client = TRY(clients::authenticate_client(
        act.realm, tx, asked.form.client.credentials(), act.now, with.secret_uses));
    return grants::revoke_token(act, tx, *client, asked.token);
}

}  // namespace

http::Handler oauth_revocation(const OauthContext& with) {
    return [with](const http::Request& request) -> http::Reply {
        auto parsed = read_token_form(request);
        if (!parsed) return oauth_error_response(parsed.error(), oauth::Endpoint::revocation);
        // The request's views live until the response is written.
        const audit::Context by{audit::Actor::client(), request.request_id, request.peer_address};
        return http::Write([with, by, asked = std::move(*parsed)](database::WriteGroup& group) {
            const realm::Act act{with.realm, with.ports.random, with.ports.clock.now(), by};
            const auto revoked = database::write_in(group, [&](database::WriteTransaction& tx) {
                return revoke(act, with, tx, asked);
            });
            return revoked ? oauth_response(200, "{}")
                           : oauth_error_response(revoked.error(), oauth::Endpoint::revocation);
        });
    };
}

}  // namespace latchkey::endpoints
