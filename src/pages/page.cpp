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
std::string content_security_policy(const Setting& setting) {
    const std::string source = "'nonce-" + setting.nonce + "'";
    const std::string framing = setting.frame_origin.empty() ? "'none'" : setting.frame_origin;
    const std::string back = setting.return_origin.empty() ? "" : " " + setting.return_origin;
    return "default-src 'none'; script-src " + source + "; style-src " + source +
           "; img-src 'self'; form-action 'self'" + back + "; base-uri 'none'; frame-ancestors " +
           framing + "; require-trusted-types-for 'script'";
}

}  // namespace

Setting make_setting(const rendering::Catalogue& texts, const branding::Brand& brand,
                     Random& random) {
    std::array<std::uint8_t, nonce_bytes> raw{};
    random.fill(raw);
    return {.texts = texts, .brand = brand, .nonce = to_base64url(raw)};
}

http::Response show(Page page, const Setting& setting) {
    const rendering::Catalogue& texts = setting.texts;
    rendering::Fields& fields = page.fields;
    add_brand(fields, setting.brand);
    fields.set("nonce", setting.nonce);
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
    if (setting.frame_origin.empty()) response.with("X-Frame-Options", "DENY");
    return std::move(response)
        .with("Content-Security-Policy", content_security_policy(setting))
        .with("Referrer-Policy", "no-referrer")
        .with("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        .with("Cache-Control", "no-store");
}

}  // namespace latchkey::pages
