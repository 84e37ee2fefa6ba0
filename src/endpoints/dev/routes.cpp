#include "endpoints/dev/routes.hpp"

#include "endpoints/dev/mailbox.hpp"
#include "endpoints/site/front_page.hpp"

namespace latchkey::endpoints {

using http::Method;

void dev_routes(http::Router& router, const realm::Realm& realm, Ports ports) {
    router.add(Method::get, "/", development_front_page(realm, ports.random));
    router.add(Method::get, "/dev/mailbox", dev_mailbox(realm, ports.random));
}

}  // namespace latchkey::endpoints
