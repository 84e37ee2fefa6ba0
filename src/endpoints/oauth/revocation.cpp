#include "endpoints/oauth/revocation.hpp"

#include <utility>

#include "database/run_write.hpp"
#include "endpoints/oauth/error.hpp"
#include "endpoints/oauth/form.hpp"
#include "grants/revocation.hpp"

namespace latchkey::endpoints {
namespace {

oauth::Result<void> revoke(const realm::Act& act, const OauthContext& with,
                           database::WriteTransaction& tx, const OauthForm& asked) {
    const auto client = TRY(authenticate(act.realm, tx, asked.client, act.now, with.secret_uses));
    // RFC 7009 2.1: the server MAY ignore token_type_hint. Tokens say what they are.
    const auto token = TRY(require(asked.form, "token", "token is missing"));
    return grants::revoke_token(act, tx, *client, token);
}

}  // namespace

http::Handler oauth_revocation(const OauthContext& with) {
    return [with](const http::Request& request) -> http::Reply {
        auto form = read_oauth_form(request);
        if (!form) return oauth_error_response(form.error());
        // The request's views live until the response is written.
        const audit::Context by{"client", request.request_id, request.peer_address};
        return http::Write([with, by, asked = std::move(*form)](database::WriteGroup& group) {
            const realm::Act act{with.realm, with.ports.random, with.ports.clock.now(), by};
            const auto revoked = database::write_in(group, [&](database::WriteTransaction& tx) {
                return revoke(act, with, tx, asked);
            });
            return revoked ? oauth_response(200, "{}") : oauth_error_response(revoked.error());
        });
    };
}

}  // namespace latchkey::endpoints
