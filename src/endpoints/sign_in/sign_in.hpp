#pragma once

// The sign-in and consent pages, one factory per route. The SDK opens GET /sign-in as a pop-up:
//
//     /sign-in?client_id=…&origin=…&scope=…&locale=…&flow=…
//     /sign-in?for=account&locale=…                           from our own account page
//
// e-mail → code → (name) → consent → done, or passkey → … . Every step is a plain form: POST does
// the work and answers 303 to the same GET, which shows the step that the browser's sealed state
// cookie names. Nothing secret is ever in a URL, and a GET changes nothing at the server.

#include <string>

#include "branding/brand.hpp"
#include "http/cookies.hpp"
#include "http/message.hpp"
#include "people/email_codes.hpp"
#include "realm/services.hpp"
#include "webauthn/passkeys.hpp"

namespace latchkey::endpoints {

struct SignInOptions {
    branding::Brand brand;
    std::string public_origin;  // "https://id.example.com": scheme, host and port, no slash
    http::Transport transport = http::Transport::https;
    Seconds session_lifetime = std::chrono::days(30);  // of a browser's sign-in
};

/// What the pages work with. Everything outlives the handlers.
struct SignInServices {
    const realm::Services& delegation;  // database, keys, random, clock
    people::EmailCodes& codes;
    const webauthn::Passkeys& passkeys;
    const SignInOptions& options;
};

[[nodiscard]] http::Handler sign_in_page(SignInServices services);     // GET /sign-in
[[nodiscard]] http::Handler sign_in_link(SignInServices services);     // GET /sign-in/link
[[nodiscard]] http::Handler sign_in_email(SignInServices services);    // POST /sign-in/email
[[nodiscard]] http::Handler sign_in_code(SignInServices services);     // POST /sign-in/code
[[nodiscard]] http::Handler sign_in_passkey(SignInServices services);  // POST /sign-in/passkey
[[nodiscard]] http::Handler sign_in_name(SignInServices services);     // POST /sign-in/name
[[nodiscard]] http::Handler sign_in_consent(SignInServices services);  // POST /sign-in/consent

}  // namespace latchkey::endpoints
