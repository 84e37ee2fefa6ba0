#include "endpoints/sdk/routes.hpp"

#include "endpoints/sdk/calls.hpp"
#include "endpoints/sdk/sdk.hpp"

namespace latchkey::endpoints {

using http::Method;

void sdk_routes(http::Router& router, const SignInParts& parts) {
    router.add(Method::get, "/sdk/config.json", sdk_config(parts.realm.brand));
    router.add(Method::post, "/sdk/recognition", sdk_recognition(parts));
    router.add(Method::post, "/sdk/result", sdk_result(parts));
    router.add(Method::get, "/sdk/{file}", sdk_files());
    // Where pages written for the Shop platform load it from: the base URL is all that changes.
    router.add(Method::get, "/shopifycloud/shop-js/modules/v2/{file}", sdk_files());
}

}  // namespace latchkey::endpoints
