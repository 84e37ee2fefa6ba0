#pragma once

// What the OAuth endpoints read first, without the store: a strict form body, and the credentials
// of the app that sent it.

#include "endpoints/oauth/client_authentication.hpp"
#include "http/form.hpp"
#include "http/message.hpp"
#include "oauth/result.hpp"

namespace latchkey::endpoints {

/// Longest form worth reading; the fields in it are a few hundred bytes.
inline constexpr http::FormLimits oauth_form_limits{8192, 32};

struct OauthForm {
    PresentedClient client;
    http::Form form;
};

/// Refusals: invalid_request (not a form, a field twice, parameters in the URL, two ways of
/// authentication), invalid_client (none). Errors: those of http::parse_form_body.
[[nodiscard]] oauth::Result<OauthForm> read_oauth_form(const http::Request& request);

/// A parameter that must be there. Refusals: invalid_request with `missing`.
[[nodiscard]] oauth::Result<std::string_view> require(const http::Form& form, std::string_view name,
                                                      Literal missing);

}  // namespace latchkey::endpoints
