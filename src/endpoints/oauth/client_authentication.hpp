#pragma once

// Which app is calling, by HTTP Basic (RFC 6749 2.3.1, client_secret_basic) or by form fields
// (client_secret_post). Never by both at once. What it presents is read without the store; whether
// it is good is asked in the transaction of what the app wants done.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "clients/clients.hpp"
#include "http/message.hpp"
#include "oauth/result.hpp"

namespace latchkey::endpoints {

/// Credentials as they came in: not trusted.
struct PresentedClient {
    std::string id;
    Secret secret;

    /// For clients::authenticate_client.
    [[nodiscard]] clients::ClientCredentials credentials() const noexcept {
        return {id, secret.reveal()};
    }
};

/// Of the Authorization header. Errors: unauthenticated (absent, malformed, twice).
[[nodiscard]] Result<PresentedClient> read_basic(const http::Request& request);

/// `client_id` and `client_secret` of a form body, where they were given.
struct FormCredentials {
    std::optional<std::string_view> client_id;
    std::optional<std::string_view> client_secret;
};
/// Of the header or of the form. Refusals: invalid_client; invalid_request when both ways are used
/// at once (RFC 6749 2.3).
[[nodiscard]] oauth::Result<PresentedClient> read_client(const http::Request& request,
                                                         const FormCredentials& form);

}  // namespace latchkey::endpoints
