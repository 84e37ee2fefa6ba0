#pragma once

// The account page: what apps may read, passkeys, browsers, the person's own data. One page that
// shows, and small forms that each do one thing and answer 303 to it. A form is bound to the
// session it was shown in. What an intruder would want to change needs a fresh session.

#include "endpoints/sign_in/sign_in.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

inline constexpr int account_apps_page = 20;  // connected apps on one page

[[nodiscard]] http::Handler account_page(SignInParts parts);  // GET /account

[[nodiscard]] http::Handler account_disconnect(SignInParts parts);  // POST …/apps/disconnect

[[nodiscard]] http::Handler account_details(SignInParts parts);     // POST …/details
[[nodiscard]] http::Handler account_email(SignInParts parts);       // POST …/email
[[nodiscard]] http::Handler account_email_page(SignInParts parts);  // GET …/email
[[nodiscard]] http::Handler account_email_code(SignInParts parts);  // POST …/email/code

[[nodiscard]] http::Handler account_add_passkey(SignInParts parts);     // POST …/passkeys/add
[[nodiscard]] http::Handler account_rename_passkey(SignInParts parts);  // …/passkeys/rename
[[nodiscard]] http::Handler account_remove_passkey(SignInParts parts);  // …/passkeys/remove

[[nodiscard]] http::Handler account_end_session(SignInParts parts);  // POST …/sessions/end
[[nodiscard]] http::Handler account_end_others(SignInParts parts);   // …/sessions/end-others
[[nodiscard]] http::Handler account_sign_out(SignInParts parts);     // POST …/sign-out

[[nodiscard]] http::Handler account_data(SignInParts parts);         // POST …/data
[[nodiscard]] http::Handler account_delete_page(SignInParts parts);  // GET …/delete
[[nodiscard]] http::Handler account_delete(SignInParts parts);       // POST …/delete

}  // namespace latchkey::endpoints
