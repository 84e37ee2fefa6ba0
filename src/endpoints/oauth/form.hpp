#pragma once

// What the OAuth endpoints read first, without the store: a strict form body, and the credentials
// of the app that sent it.

#include "endpoints/oauth/client_authentication.hpp"
#include "http/form.hpp"
#include "http/message.hpp"
#include "oauth/parameters.hpp"

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

/// Of the endpoints that are about one token. RFC 7009 2.1, RFC 7662 2.1: a token_type_hint may be
/// ignored. Tokens say what they are.
struct AskedAboutToken {
    OauthForm form;
    std::string_view token;  // of the form
};
/// Refusals: those of read_oauth_form; invalid_request when there is no token.
[[nodiscard]] oauth::Result<AskedAboutToken> read_token_form(const http::Request& request);

/// A form's fields. What it finds lives as long as the form does, also when that is moved.
class FormParameters final : public oauth::Parameters {
public:
    explicit FormParameters(const http::Form& form) noexcept : form_(form) {}
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const override {
        return form_.find_given(name);
    }

private:
    const http::Form& form_;
};

}  // namespace latchkey::endpoints
