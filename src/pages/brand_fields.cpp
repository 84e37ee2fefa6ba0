#include "pages/brand_fields.hpp"

#include <string>
#include <utility>

#include "pages/logo_paths.hpp"

namespace latchkey::pages {
namespace {

using branding::Color;
using rendering::Fields;

Fields scheme_fields(const PageColors& page, const branding::ColorPair& pair) {
    const Color accent = accent_on(page, pair);
    Fields fields;
    fields.set("button", branding::to_text(pair.background))
        .set("on_button", branding::to_text(pair.text))
        .set("button_strong", branding::to_text(branding::pressed(pair)))
        .set("accent", branding::to_text(accent));
    return fields;
}

Fields image_fields(const branding::Logo& logo) {
    Fields fields;
    fields.set("src", brand_logo_path(logo))
        .set("width", std::to_string(logo.size.width))
        .set("height", std::to_string(logo.size.height));
    return fields;
}

bool is_square(const branding::Logo& logo) noexcept { return logo.size.width == logo.size.height; }

}  // namespace

Color accent_on(const PageColors& page, const branding::ColorPair& pair) noexcept {
    const auto is_legible = [&pair](Color surface) {
        return branding::contrast_ratio(pair.background, surface) >= branding::text_contrast;
    };
    return is_legible(page.card) && is_legible(page.paper) ? pair.background : page.ink;
}

void add_brand(Fields& fields, const branding::Brand& brand) {
    fields.set("brand", brand.name);
    if (brand.colors) {
        Fields colors;
        colors.set("light", Fields::List{scheme_fields(light_page, brand.colors->light)})
            .set("dark", Fields::List{scheme_fields(dark_page, brand.colors->dark)});
        fields.set("colors", Fields::List{std::move(colors)});
    }
    if (!brand.logo) {
        fields.show("built_in_logo").show("spelled_out");
        return;
    }
    Fields logo = image_fields(*brand.logo);
    if (brand.dark_logo) logo.set("on_dark", Fields::List{image_fields(*brand.dark_logo)});
    // A wordmark says the name itself; for those who hear the page, the image's text does.
    if (brand.logo->is_wordmark()) {
        logo.set("spelled", brand.name);
    } else {
        fields.show("spelled_out");
    }
    fields.set("brand_logo", Fields::List{std::move(logo)});
    if (is_square(*brand.logo)) fields.set("icon", Fields::List{image_fields(*brand.logo)});
}

void add_app_logo(Fields& fields, ClientId client_id, const std::optional<LogoLabel>& logo) {
    if (!logo) return;
    Fields image;
    image.set("src", app_logo_path(client_id, *logo));
    fields.set("app_logo", Fields::List{std::move(image)});
}

}  // namespace latchkey::pages
