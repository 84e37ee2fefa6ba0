#pragma once

// Who is calling the Partners API or the token endpoint: an app, by HTTP Basic (RFC 6749 2.3.1,
// client_secret_basic) or by form fields (client_secret_post). Never by both at once.

#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "clients/group_clients.hpp"
#include "database/database.hpp"
#include "http/message.hpp"
#include "model/records.hpp"
#include "realm/services.hpp"

namespace latchkey::endpoints {

/// The app named by the Authorization header. Errors: invalid_client (absent, malformed, twice,
/// unknown or wrong); storage errors.
[[nodiscard]] Result<clients::ClientPtr> authenticate_basic(const realm::Services& services,
                                                            database::ReadTransaction& tx,
                                                            const http::Request& request,
                                                            Timestamp now);

/// `client_id` and `client_secret` of a form body, where they were given.
struct FormCredentials {
    std::optional<std::string_view> client_id;
    std::optional<std::string_view> client_secret;
};

/// The app named by the header or by the form. Errors: invalid_client; malformed when both ways
/// are used at once (RFC 6749 2.3); storage errors.
[[nodiscard]] Result<clients::ClientPtr> authenticate_client(const realm::Services& services,
                                                             database::ReadTransaction& tx,
                                                             const http::Request& request,
                                                             const FormCredentials& form,
                                                             Timestamp now);

}  // namespace latchkey::endpoints
