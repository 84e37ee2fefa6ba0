#include "oauth/error.hpp"

#include <array>
#include <cstddef>

namespace latchkey::oauth {
namespace {

// Where an error comes from the request of a grant or of an authorization, and where from who asks.
constexpr Endpoints at_authorization(Endpoint::authorization, Endpoint::pushed_authorization);
constexpr Endpoints where_a_person_is(Endpoint::authorization);
constexpr Endpoints at_token(Endpoint::token);
constexpr Endpoints at_resource(Endpoint::resource);
constexpr Endpoints at_both(Endpoint::authorization, Endpoint::pushed_authorization,
                            Endpoint::token);
constexpr Endpoints at_both_and_device(Endpoint::authorization, Endpoint::pushed_authorization,
                                       Endpoint::token, Endpoint::device_authorization);
constexpr Endpoints where_clients_authenticate(Endpoint::pushed_authorization,
                                               Endpoint::device_authorization, Endpoint::token,
                                               Endpoint::revocation, Endpoint::introspection);
constexpr Endpoints everywhere(Endpoint::authorization, Endpoint::pushed_authorization,
                               Endpoint::device_authorization, Endpoint::token,
                               Endpoint::revocation, Endpoint::introspection, Endpoint::resource);
constexpr Endpoints but_at_authorization(Endpoint::pushed_authorization, Endpoint::token,
                                         Endpoint::resource);

constexpr std::string_view rfc6749_authorization = "RFC 6749 4.1.2.1";
constexpr std::string_view rfc6749_token = "RFC 6749 5.2";
constexpr std::string_view oidc_core = "OpenID Connect Core 1.0 3.1.2.6";

using enum Error;

constexpr std::array table = {
    // error, name, status, of a resource, endpoints, section, description
    ErrorRow{invalid_request, "invalid_request", 400, 400, everywhere, rfc6749_token,
             "The request is not well formed"},
    ErrorRow{invalid_client, "invalid_client", 401, 0, where_clients_authenticate, rfc6749_token,
             "Client authentication failed"},
    // RFC 7009 2.1 has it, too: the token was issued to another client.
    ErrorRow{invalid_grant, "invalid_grant", 400, 0,
             Endpoints(Endpoint::token, Endpoint::revocation), rfc6749_token,
             "The grant is not valid"},
    ErrorRow{unauthorized_client, "unauthorized_client", 400, 0, at_both_and_device, rfc6749_token,
             "This app may not use this grant"},
    ErrorRow{unsupported_grant_type, "unsupported_grant_type", 400, 0, at_token, rfc6749_token,
             "This grant_type is not supported"},
    ErrorRow{invalid_scope, "invalid_scope", 400, 0, at_both_and_device, rfc6749_token,
             "The scope is not valid"},
    // RFC 8628 3.5: at the token endpoint, of a device that the person refused.
    ErrorRow{access_denied, "access_denied", 400, 0, at_both, rfc6749_authorization,
             "The person refused"},
    ErrorRow{unsupported_response_type, "unsupported_response_type", 400, 0, at_authorization,
             rfc6749_authorization, "This response_type is not supported"},
    ErrorRow{server_error, "server_error", 500, 500, everywhere, rfc6749_authorization,
             "Something went wrong"},
    ErrorRow{temporarily_unavailable, "temporarily_unavailable", 503, 503, everywhere,
             rfc6749_authorization, "The server is busy. Try again"},

    // RFC 7662 2.3: also of the token that a caller of the introspection authenticates with.
    ErrorRow{invalid_token, "invalid_token", 401, 401,
             Endpoints(Endpoint::resource, Endpoint::introspection), "RFC 6750 3.1",
             "The access token is not valid"},
    ErrorRow{insufficient_scope, "insufficient_scope", 403, 403, at_resource, "RFC 6750 3.1",
             "The access token does not reach so far"},

    ErrorRow{unsupported_token_type, "unsupported_token_type", 400, 0,
             Endpoints(Endpoint::revocation), "RFC 7009 2.2.1", "This token cannot be revoked"},

    ErrorRow{authorization_pending, "authorization_pending", 400, 0, at_token, "RFC 8628 3.5",
             "The person has not decided yet"},
    ErrorRow{slow_down, "slow_down", 400, 0, at_token, "RFC 8628 3.5", "Ask less often"},
    ErrorRow{expired_token, "expired_token", 400, 0, at_token, "RFC 8628 3.5",
             "The device code has expired"},

    ErrorRow{invalid_target, "invalid_target", 400, 0, at_both, "RFC 8707 2",
             "The resource is not valid"},

    ErrorRow{invalid_dpop_proof, "invalid_dpop_proof", 400, 401, but_at_authorization, "RFC 9449 5",
             "The DPoP proof is not valid"},
    ErrorRow{use_dpop_nonce, "use_dpop_nonce", 400, 401, but_at_authorization, "RFC 9449 8",
             "The DPoP proof needs the nonce of this answer"},

    ErrorRow{interaction_required, "interaction_required", 400, 0, where_a_person_is, oidc_core,
             "The person has to be asked"},
    ErrorRow{login_required, "login_required", 400, 0, where_a_person_is, oidc_core,
             "The person has to sign in"},
    ErrorRow{account_selection_required, "account_selection_required", 400, 0, where_a_person_is,
             oidc_core, "The person has to choose an account"},
    ErrorRow{consent_required, "consent_required", 400, 0, where_a_person_is, oidc_core,
             "The person has to agree"},
    ErrorRow{invalid_request_uri, "invalid_request_uri", 400, 0, at_authorization, oidc_core,
             "The request_uri is not valid"},
    ErrorRow{invalid_request_object, "invalid_request_object", 400, 0, at_authorization, oidc_core,
             "The request object is not valid"},
    ErrorRow{request_not_supported, "request_not_supported", 400, 0, at_authorization, oidc_core,
             "The parameter request is not supported"},
    ErrorRow{request_uri_not_supported, "request_uri_not_supported", 400, 0, at_authorization,
             oidc_core, "The parameter request_uri is not supported"},
    ErrorRow{registration_not_supported, "registration_not_supported", 400, 0, at_authorization,
             oidc_core, "The parameter registration is not supported"},
};

consteval bool is_in_order() {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].error) != i) return false;
    }
    return true;
}
static_assert(is_in_order(), "a row for each error, in the order of the enum");
static_assert(table.size() == static_cast<std::size_t>(registration_not_supported) + 1,
              "the last error has its row");

}  // namespace

const ErrorRow& row_of(Error error) noexcept { return table[static_cast<std::size_t>(error)]; }

std::span<const ErrorRow> error_table() noexcept { return table; }

}  // namespace latchkey::oauth
