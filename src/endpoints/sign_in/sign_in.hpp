#pragma once

// The sign-in and consent pages, one factory per route. The SDK opens GET /sign-in as a pop-up:
//
//     /sign-in?client_id=…&origin=…&scope=…&locale=…&flow=…
//     /sign-in?for=account&locale=…                           from our own account page
//
// The pages are: e-mail address, code, name (if it is missing), consent, done; a passkey stands for
// the first two. Each is a plain form. POST does the work and answers 303 to GET, which shows the
// page of the step in the browser's sealed state cookie. No URL holds a secret, and a GET changes
// nothing at the server.

#include "base/ports.hpp"
#include "http/message.hpp"
#include "people/email_codes.hpp"
#include "realm/realm.hpp"
#include "webauthn/passkeys.hpp"

namespace latchkey::endpoints {

/// What the pages of a realm work with. Everything outlives the handlers.
struct SignInParts {
    const realm::Realm& realm;
    Ports ports;
    people::EmailCodes& codes;
    const webauthn::Passkeys& passkeys;
};

[[nodiscard]] http::Handler sign_in_page(SignInParts parts);     // GET /sign-in
[[nodiscard]] http::Handler sign_in_link(SignInParts parts);     // GET /sign-in/link
[[nodiscard]] http::Handler sign_in_email(SignInParts parts);    // POST /sign-in/email
[[nodiscard]] http::Handler sign_in_code(SignInParts parts);     // POST /sign-in/code
[[nodiscard]] http::Handler sign_in_passkey(SignInParts parts);  // POST /sign-in/passkey
[[nodiscard]] http::Handler sign_in_name(SignInParts parts);     // POST /sign-in/name
[[nodiscard]] http::Handler sign_in_consent(SignInParts parts);  // POST /sign-in/consent

}  // namespace latchkey::endpoints
