#include "page.hpp"

#include <httplib.h>

#include <string_view>
#include <utility>

#include "page_files.hpp"

namespace storefront {
namespace {

std::string escape_html(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out.push_back(c);
        }
    }
    return out;
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

std::string host_of(const std::string& origin) { return origin.substr(origin.find("://") + 3); }

httplib::Server::Handler index(const PageOptions& options) {
    std::string html(page_files::index_html);
    html = fill_in(std::move(html), "{{latchkey}}", options.latchkey);
    html = fill_in(std::move(html), "{{client_id}}", options.client_id);
    return [html = std::move(html), policy = content_security_policy(options.latchkey),
            public_url = options.public_url](const httplib::Request& request,
                                             httplib::Response& response) {
        // Latchkey knows the shop by one origin: under another name of this machine (localhost
        // for 127.0.0.1) the sign-in would refuse.
        if (request.get_header_value("Host") != host_of(public_url)) {
            response.set_redirect(public_url + "/", 303);
            return;
        }
        response.set_content(html, "text/html; charset=utf-8");
        response.set_header("Content-Security-Policy", policy);
        // The sign-in's pop-up keeps its way back; nobody else gets a handle on this window.
        response.set_header("Cross-Origin-Opener-Policy", "same-origin-allow-popups");
        response.set_header("Permissions-Policy",
                            "camera=(), geolocation=(), microphone=(), payment=()");
        response.set_header("Cache-Control", "no-cache");
    };
}

httplib::Server::Handler asset(std::string_view contents, const char* type) {
    return [contents, type](const httplib::Request&, httplib::Response& response) {
        response.set_content(contents.data(), contents.size(), type);
        response.set_header("Cache-Control", "no-cache");
    };
}

}  // namespace

void mount_page(httplib::Server& server, const PageOptions& options) {
    server.Get("/", index(options));
    server.Get("/shop.css", asset(page_files::shop_css, "text/css; charset=utf-8"));
    server.Get("/shop.js", asset(page_files::shop_js, "text/javascript; charset=utf-8"));
    server.Get("/favicon.svg", asset(page_files::favicon_svg, "image/svg+xml"));
    server.Get("/healthz", [](const httplib::Request&, httplib::Response& response) {
        response.set_content(R"({"status":"ok"})", "application/json");
        response.set_header("Cache-Control", "no-store");
    });
}

}  // namespace storefront
