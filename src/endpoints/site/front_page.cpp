#include "endpoints/site/front_page.hpp"

#include "pages/page.hpp"

namespace latchkey::endpoints {

http::Handler front_page() {
    return [](const http::Request&) -> http::Reply {
        return http::see_other("/account").with("Cache-Control", "no-store");
    };
}

http::Handler development_front_page(const branding::Brand& brand, Random& random) {
    return [&brand, &random](const http::Request&) -> http::Reply {
        // For developers, in the language of the documentation.
        const auto& texts = rendering::choose_catalogue("en", {});
        return pages::show({.status = 200,
                            .body_template = "development.html",
                            .title_key = "development.title",
                            .fields = {},
                            .behaviour = pages::Behaviour::scripted,
                            .area = pages::Area::development},
                           pages::make_page_context(texts, brand, random));
    };
}

}  // namespace latchkey::endpoints
