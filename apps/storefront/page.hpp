#pragma once

// The shop's one page with its style, script and pictures: all from this binary. The only other
// origin that the page may talk to is Latchkey's.

#include <string>

#include "http/message.hpp"
#include "http/router.hpp"

namespace latchkey::storefront {

struct PageOptions {
    std::string public_url;  // the shop's own origin
    std::string latchkey;    // Latchkey's origin
    std::string client_id;
};

/// GET /, /shop.css, /shop.js, /favicon.svg, /healthz.
void mount_page(http::Router& router, const PageOptions& options);

}  // namespace latchkey::storefront
