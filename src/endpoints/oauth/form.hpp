#pragma once

// What the OAuth endpoints read first: a strict form body and the app that sent it.

#include "base/result.hpp"
#include "clients/group_clients.hpp"
#include "http/form.hpp"
#include "http/message.hpp"
#include "model/records.hpp"
#include "realm/services.hpp"

namespace latchkey::endpoints {

/// Longest form worth reading; the fields in it are a few hundred bytes.
inline constexpr http::FormLimits oauth_form_limits{8192, 32};

struct OauthForm {
    clients::ClientPtr client;  // authenticated
    http::Form form;
};

/// Errors: malformed (not a form, a field twice, parameters in the URL, two ways of
/// authentication), too_large, invalid_client; storage errors.
[[nodiscard]] Result<OauthForm> read_oauth_form(const realm::Services& services,
                                                const http::Request& request);

}  // namespace latchkey::endpoints
