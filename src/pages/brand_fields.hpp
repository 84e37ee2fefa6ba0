#pragma once

// The operator's brand in the layout of the pages: name, logo and colours.

#include <optional>

#include "branding/brand.hpp"
#include "model/records.hpp"
#include "rendering/template.hpp"

namespace latchkey::pages {

/// The colours of signin.css that a brand's are measured against; a test holds them to the file.
struct PageColors {
    branding::Color card;
    branding::Color paper;
    branding::Color ink;
};
inline constexpr PageColors light_page{{0xFF, 0xFF, 0xFF}, {0xF6, 0xF6, 0xF8}, {0x17, 0x17, 0x1C}};
inline constexpr PageColors dark_page{{0x1A, 0x1A, 0x20}, {0x10, 0x10, 0x14}, {0xF2, 0xF2, 0xF5}};

/// What links and the focus ring are drawn in: the button's colour where it is legible as text on
/// the page, else the text's own. A pale yellow button is fine; a pale yellow link is not.
[[nodiscard]] branding::Color accent_on(const PageColors& page,
                                        const branding::ColorPair& pair) noexcept;

void add_brand(rendering::Fields& fields, const branding::Brand& brand);

/// Nothing, if the app has none.
void add_app_logo(rendering::Fields& fields, ClientId client_id,
                  const std::optional<LogoLabel>& logo);

}  // namespace latchkey::pages
