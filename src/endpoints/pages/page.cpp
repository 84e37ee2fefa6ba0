#include "endpoints/pages/page.hpp"

#include <utility>

namespace latchkey::endpoints::pages {
namespace {

// frame-ancestors and X-Frame-Options: no clickjacking. The opener must stay reachable, so
// Cross-Origin-Opener-Policy keeps its default; what is said to it is addressed to one origin.
constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

}  // namespace

http::Response show(Page page, const rendering::Catalogue& texts) {
    return show(std::move(page), texts, Frame::sign_in);
}

http::Response show(Page page, const rendering::Catalogue& texts, Frame frame) {
    rendering::Fields& fields = page.fields;
    fields.set("lang", std::string(texts.locale()));
    const bool rtl = texts.direction() == rendering::Direction::right_to_left;
    fields.set("dir", std::string(rtl ? "rtl" : "ltr"));
    fields.set("title", rendering::Template::fill(page.title_key, fields, texts));
    fields.set("content", rendering::find_template(page.body_template).render(fields, texts));
    fields.show(frame == Frame::sign_in ? "scripted" : "refreshing");

    auto html = rendering::find_template("layout.html").render(fields, texts);
    return http::html_response(page.status, std::move(html).release())
        .with("Content-Security-Policy", std::string(content_security_policy))
        .with("X-Frame-Options", "DENY")
        .with("Referrer-Policy", "no-referrer")
        .with("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        .with("Cache-Control", "no-store");
}

}  // namespace latchkey::endpoints::pages
