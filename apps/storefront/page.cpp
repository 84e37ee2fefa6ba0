#include "page.hpp"

#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "embedded/storefront_page.hpp"
#include "http/error_response.hpp"

namespace latchkey::storefront {
namespace {

std::string_view file(std::string_view name) {
    for (const embedded::File& one : embedded::storefront_page()) {
        if (one.name == name) return one.contents;
    }
    return {};
}

std::string fill_in(std::string text, std::string_view mark, std::string_view value) {
    const std::string escaped = escape_html(value);
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
        text.replace(at, mark.size(), escaped);
        at += escaped.size();
    }
    return text;
}

// The SDK's modules and its brand come from Latchkey; nothing else comes from anywhere else.
std::string content_security_policy(std::string_view latchkey) {
    std::string policy = "default-src 'none'; script-src 'self' ";
    policy.append(latchkey).append("; connect-src 'self' ").append(latchkey);
    policy +=
        "; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    return policy;
}

std::string_view host_of(std::string_view origin) { return origin.substr(origin.find("://") + 3); }

http::Handler index(const PageOptions& options) {
    std::string html(file("index.html"));
    html = fill_in(std::move(html), "{{latchkey}}", options.latchkey);
    html = fill_in(std::move(html), "{{client_id}}", options.client_id);
    return [html = std::move(html), policy = content_security_policy(options.latchkey),
            public_url = options.public_url](const http::Request& request) -> http::Reply {
        // Latchkey knows the shop by one origin: under another name of this machine (localhost
        // for 127.0.0.1) the sign-in would refuse.
        if (request.header("host") != host_of(public_url)) return http::see_other(public_url + "/");
        return http::html_response(200, html)
            .with("Content-Security-Policy", policy)
            // The sign-in's pop-up keeps its way back; nobody else gets a handle on this window.
            .with("Cross-Origin-Opener-Policy", "same-origin-allow-popups")
            .with("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
            .with("Cache-Control", "no-cache");
    };
}

http::Handler asset(std::string_view name, std::string_view type) {
    return [contents = file(name), type](const http::Request&) -> http::Reply {
        return http::Response{200, {}, contents}
            .with("Content-Type", std::string(type))
            .with("Cache-Control", "no-cache");
    };
}

}  // namespace

void mount_page(http::Router& router, const PageOptions& options) {
    using http::Method;
    router.add(Method::get, "/", index(options));
    router.add(Method::get, "/shop.css", asset("shop.css", "text/css; charset=utf-8"));
    router.add(Method::get, "/shop.js", asset("shop.js", "text/javascript; charset=utf-8"));
    router.add(Method::get, "/favicon.svg", asset("favicon.svg", "image/svg+xml"));
    router.add(Method::get, "/healthz", [](const http::Request&) -> http::Reply {
        return http::json_response(200, R"({"status":"ok"})").with("Cache-Control", "no-store");
    });
}

}  // namespace latchkey::storefront
