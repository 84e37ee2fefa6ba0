#include "pages/page.hpp"

#include <array>
#include <utility>

#include "base/text/text.hpp"
#include "pages/brand_fields.hpp"

namespace latchkey::pages {
namespace {

constexpr std::size_t nonce_bytes = 16;  // CSP 3, 7.1: at least 128 bits

// frame-ancestors and X-Frame-Options: no clickjacking. The opener must stay reachable, so
// Cross-Origin-Opener-Policy keeps its default; what is said to it is addressed to one origin.
std::string content_security_policy(const PageContext& context) {
    const std::string source = "'nonce-" + context.nonce + "'";
    const std::string framing = context.frame_origin.empty() ? "'none'" : context.frame_origin;
    const std::string back = context.return_origin.empty() ? "" : " " + context.return_origin;
    return "default-src 'none'; script-src " + source + "; style-src " + source +
           "; img-src 'self'; form-action 'self'" + back + "; base-uri 'none'; frame-ancestors " +
           framing + "; require-trusted-types-for 'script'";
}

}  // namespace

PageContext make_page_context(const rendering::Catalogue& texts, const branding::Brand& brand,
                              Random& random) {
    std::array<std::uint8_t, nonce_bytes> raw{};
    random.fill(raw);
    return {.texts = texts, .brand = brand, .nonce = to_base64url(raw)};
}

http::Response show(Page page, const PageContext& context) {
    const rendering::Catalogue& texts = context.texts;
    rendering::Fields& fields = page.fields;
    add_brand(fields, context.brand);
    fields.set("nonce", context.nonce);
    fields.set("lang", std::string(texts.locale()));
    const bool rtl = texts.direction() == rendering::Direction::right_to_left;
    fields.set("dir", std::string(rtl ? "rtl" : "ltr"));
    fields.set("title", rendering::Template::fill(page.title_key, fields, texts));
    if (page.area == Area::account) fields.show("account");
    if (page.area == Area::development) fields.show("development");
    fields.set("content", rendering::find_template(page.body_template).render(fields, texts));
    fields.show(page.behaviour == Behaviour::scripted ? "scripted" : "refreshing");

    auto html = rendering::find_template("layout.html").render(fields, texts);
    auto response = http::html_response(page.status, std::move(html).release());
    // The older header knows no origins, so it is left out where the newer one names one.
    if (context.frame_origin.empty()) response.with("X-Frame-Options", "DENY");
    return std::move(response)
        .with("Content-Security-Policy", content_security_policy(context))
        .with("Referrer-Policy", "no-referrer")
        .with("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        .with("Cache-Control", "no-store");
}

}  // namespace latchkey::pages
