#include "endpoints/oauth/client_authentication.hpp"

#include "clients/clients.hpp"
#include "http/authorization.hpp"

namespace latchkey::endpoints {
namespace {

Failure refuse(std::string why) {
    return fail(ErrorCode::invalid_client, "Client authentication failed", std::move(why));
}

}  // namespace

Result<clients::ClientPtr> authenticate_basic(const realm::Services& services,
                                              database::ReadTransaction& tx,
                                              const http::Request& request, Timestamp now) {
    const auto basic = http::parse_basic(request);
    if (!basic) return refuse("no usable Basic credentials: " + basic.error().detail);
    const clients::ClientCredentials credentials{basic->user, basic->password.reveal()};
    return clients::authenticate_client(services, tx, credentials, now);
}

Result<clients::ClientPtr> authenticate_client(const realm::Services& services,
                                               database::ReadTransaction& tx,
                                               const http::Request& request,
                                               const FormCredentials& form, Timestamp now) {
    if (request.header_count("Authorization") == 0) {
        if (!form.client_id || !form.client_secret) return refuse("no credentials");
        const clients::ClientCredentials credentials{*form.client_id, *form.client_secret};
        return clients::authenticate_client(services, tx, credentials, now);
    }
    // RFC 6749 2.3: the client MUST NOT use more than one authentication method in each request.
    if (form.client_secret) {
        return fail(ErrorCode::malformed, "The client authenticated in two ways at once");
    }
    auto client = TRY(authenticate_basic(services, tx, request, now));
    // A client_id beside Basic is common and harmless, as long as it names the same client.
    if (form.client_id && *form.client_id != client->id.text()) {
        return fail(ErrorCode::malformed, "client_id is not the authenticated client");
    }
    return client;
}

}  // namespace latchkey::endpoints
