#pragma once

// Every error that an OAuth or OpenID endpoint can answer: its name on the wire, the status that
// goes with it, the text that goes with it unless somebody has a better one, where it may be
// answered, and the section that says so. The table is in error.cpp.

#include <cstdint>
#include <span>
#include <string_view>

#include "base/error.hpp"

namespace latchkey::oauth {

/// Names as on the wire.
enum class Error : std::uint8_t {
    // RFC 6749 4.1.2.1 and 5.2
    invalid_request,
    invalid_client,
    invalid_grant,
    unauthorized_client,
    unsupported_grant_type,
    invalid_scope,
    access_denied,
    unsupported_response_type,
    server_error,
    temporarily_unavailable,
    // RFC 6750 3.1
    invalid_token,
    insufficient_scope,
    // RFC 7009 2.2.1
    unsupported_token_type,
    // RFC 8628 3.5
    authorization_pending,
    slow_down,
    expired_token,
    // RFC 8707 2, RFC 8693 2.2.2
    invalid_target,
    // RFC 9449 5, 7.1, 8, 9
    invalid_dpop_proof,
    use_dpop_nonce,
    // OpenID Connect Core 1.0 3.1.2.6
    interaction_required,
    login_required,
    account_selection_required,
    consent_required,
    invalid_request_uri,
    invalid_request_object,
    request_not_supported,
    request_uri_not_supported,
    registration_not_supported,
};

/// Where an error is answered.
enum class Endpoint : std::uint8_t {
    authorization,         // in the redirect to the client (RFC 6749 4.1.2.1)
    pushed_authorization,  // RFC 9126 2.3
    device_authorization,  // RFC 8628 3.1
    token,                 // RFC 6749 5.2
    revocation,            // RFC 7009 2.2.1
    introspection,         // RFC 7662 2.3
    resource,              // an API that takes access tokens (RFC 6750 3.1)
};

/// A set of endpoints, a bit for each.
class Endpoints {
public:
    template <class... E>
    constexpr explicit Endpoints(E... endpoints) : bits_((0U | ... | bit(endpoints))) {}
    [[nodiscard]] constexpr bool has(Endpoint endpoint) const noexcept {
        return (bits_ & bit(endpoint)) != 0;
    }

private:
    static constexpr unsigned bit(Endpoint endpoint) {
        return 1U << static_cast<unsigned>(endpoint);
    }
    unsigned bits_;
};

struct ErrorRow {
    Error error;
    std::string_view name;
    int status;           // where it is answered in a body: everywhere but in a redirect
    int resource_status;  // the same of a resource; 0: it is not answered there
    Endpoints endpoints;
    std::string_view section;  // that defines it
    Literal description;
};

[[nodiscard]] const ErrorRow& row_of(Error error) noexcept;
/// All of them, in the order of the enum.
[[nodiscard]] std::span<const ErrorRow> error_table() noexcept;

}  // namespace latchkey::oauth
