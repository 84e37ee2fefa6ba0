#pragma once

// The frame that every page for people shares: layout, language, and the headers that keep a page
// from being framed, scripted, cached or leaked.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "branding/brand.hpp"
#include "http/message.hpp"
#include "rendering/catalogue.hpp"
#include "rendering/template.hpp"

namespace latchkey::pages {

/// What is the same for every page that one request may get.
struct PageContext {
    const rendering::Catalogue& texts;
    const branding::Brand& brand;
    std::string nonce;              // of this answer's style sheet and script: 128 random bits
    std::string frame_origin = {};  // whose page may frame it; empty: nobody's
    /// Where a form's answer may redirect to besides this origin (CSP 3, 6.4.1); empty: nowhere.
    std::string return_origin = {};
};
[[nodiscard]] PageContext make_page_context(const rendering::Catalogue& texts,
                                            const branding::Brand& brand, Random& random);

enum class Behaviour : std::uint8_t {
    scripted,    // with the pages' script
    refreshing,  // asks again every few seconds: the development mailbox
};
enum class Area : std::uint8_t { sign_in, account, development };

struct Page {
    int status = 200;
    std::string_view body_template;  // "email.html"
    std::string_view title_key;      // a text of the catalogue
    rendering::Fields fields;
    Behaviour behaviour = Behaviour::scripted;
    Area area = Area::sign_in;
};

/// Renders a page in its layout. Its script and style carry this answer's nonce, nothing else runs
/// or styles; forms post to this origin, and lead to no other but the context's; no page may frame
/// it but the context's (ASVS 3.4, RFC 9700 4.16).
[[nodiscard]] http::Response show(Page page, const PageContext& context);

}  // namespace latchkey::pages
