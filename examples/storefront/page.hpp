#pragma once

// The shop's one page with its style, script and pictures: all from this binary. The only other
// origin that the page may talk to is Latchkey's.

#include <string>

namespace httplib {
class Server;
}

namespace storefront {

struct PageOptions {
    std::string public_url;  // the shop's own origin
    std::string latchkey;    // Latchkey's origin
    std::string client_id;
};

/// GET /, /shop.css, /shop.js, /favicon.svg, /healthz.
void mount_page(httplib::Server& server, const PageOptions& options);

}  // namespace storefront
