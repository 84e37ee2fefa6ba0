#include "endpoints/account/routes.hpp"

#include "endpoints/account/account.hpp"

namespace latchkey::endpoints {

using http::Method;

void account_routes(http::Router& router, const SignInParts& parts) {
    router.add(Method::get, "/account", account_page(parts));
    router.add(Method::get, "/account/email", account_email_page(parts));
    router.add(Method::get, "/account/delete", account_delete_page(parts));
    router.add(Method::post, "/account/apps/disconnect", account_disconnect(parts));
    router.add(Method::post, "/account/details", account_details(parts));
    router.add(Method::post, "/account/email", account_email(parts));
    router.add(Method::post, "/account/email/code", account_email_code(parts));
    router.add(Method::post, "/account/passkeys/add", account_add_passkey(parts));
    router.add(Method::post, "/account/passkeys/rename", account_rename_passkey(parts));
    router.add(Method::post, "/account/passkeys/remove", account_remove_passkey(parts));
    router.add(Method::post, "/account/sessions/end", account_end_session(parts));
    router.add(Method::post, "/account/sessions/end-others", account_end_others(parts));
    router.add(Method::post, "/account/sign-out", account_sign_out(parts));
    router.add(Method::post, "/account/data", account_data(parts));
    router.add(Method::post, "/account/delete", account_delete(parts));
}

}  // namespace latchkey::endpoints
