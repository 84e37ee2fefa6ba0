#include "endpoints/sign_in/routes.hpp"

namespace latchkey::endpoints {

using http::Method;

void sign_in_routes(http::Router& router, const SignInParts& parts) {
    router.add(Method::get, "/sign-in", sign_in_page(parts));
    router.add(Method::get, "/sign-in/link", sign_in_link(parts));
    router.add(Method::post, "/sign-in/email", sign_in_email(parts));
    router.add(Method::post, "/sign-in/code", sign_in_code(parts));
    router.add(Method::post, "/sign-in/passkey", sign_in_passkey(parts));
    router.add(Method::post, "/sign-in/name", sign_in_name(parts));
    router.add(Method::post, "/sign-in/consent", sign_in_consent(parts));
}

}  // namespace latchkey::endpoints
