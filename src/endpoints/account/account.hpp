#pragma once

// The account page: what apps may read, passkeys, browsers, the person's own data. One page that
// shows, and small forms that each do one thing and answer 303 to it. A form is bound to the
// session it was shown in. What an intruder would want to change needs a fresh session.

#include "endpoints/sign_in/sign_in.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

inline constexpr int account_apps_page = 20;  // connected apps on one page

[[nodiscard]] http::Handler account_page(SignInServices services);  // GET /account

[[nodiscard]] http::Handler account_disconnect(SignInServices services);  // POST …/apps/disconnect

[[nodiscard]] http::Handler account_details(SignInServices services);     // POST …/details
[[nodiscard]] http::Handler account_email(SignInServices services);       // POST …/email
[[nodiscard]] http::Handler account_email_page(SignInServices services);  // GET …/email
[[nodiscard]] http::Handler account_email_code(SignInServices services);  // POST …/email/code

[[nodiscard]] http::Handler account_add_passkey(SignInServices services);     // POST …/passkeys/add
[[nodiscard]] http::Handler account_rename_passkey(SignInServices services);  // …/passkeys/rename
[[nodiscard]] http::Handler account_remove_passkey(SignInServices services);  // …/passkeys/remove

[[nodiscard]] http::Handler account_end_session(SignInServices services);  // POST …/sessions/end
[[nodiscard]] http::Handler account_end_others(SignInServices services);   // …/sessions/end-others
[[nodiscard]] http::Handler account_sign_out(SignInServices services);     // POST …/sign-out

[[nodiscard]] http::Handler account_data(SignInServices services);         // POST …/data
[[nodiscard]] http::Handler account_delete_page(SignInServices services);  // GET …/delete
[[nodiscard]] http::Handler account_delete(SignInServices services);       // POST …/delete

}  // namespace latchkey::endpoints
