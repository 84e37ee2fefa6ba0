#pragma once

// The frame that every page for people shares: layout, language, and the headers that keep a page
// from being framed, scripted, cached or leaked.

#include <string>
#include <string_view>

#include "http/message.hpp"
#include "rendering/catalogue.hpp"
#include "rendering/template.hpp"

namespace latchkey::endpoints::pages {

struct Page {
    int status = 200;
    std::string_view body_template;  // "email.html"
    std::string_view title_key;      // a text of the catalogue
    rendering::Fields fields;        // `brand` among them
};

/// Renders a page in its layout. Scripts and styles come from this origin only, none is inline;
/// forms post to this origin only; no other page may frame it (ASVS 3.4, RFC 9700 4.16).
[[nodiscard]] http::Response show(Page page, const rendering::Catalogue& texts);

/// The same without the script of the sign-in pages and with a refresh, for the mailbox.
enum class Frame : std::uint8_t { sign_in, refreshing };
[[nodiscard]] http::Response show(Page page, const rendering::Catalogue& texts, Frame frame);

}  // namespace latchkey::endpoints::pages
