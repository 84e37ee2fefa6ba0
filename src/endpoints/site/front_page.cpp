#include "endpoints/site/front_page.hpp"

#include <utility>

#include "pages/page.hpp"

namespace latchkey::endpoints {

http::Handler front_page() {
    return [](const http::Request&) -> http::Reply {
        return http::see_other("/account").with("Cache-Control", "no-store");
    };
}

http::Handler development_front_page(const realm::Realm& realm, Random& random) {
    return [&realm, &random](const http::Request&) -> http::Reply {
        // For developers, in the language of the documentation.
        const auto& texts = rendering::choose_catalogue("en", {});
        rendering::Fields fields;
        if (!realm.name.empty()) {
            rendering::Fields named;
            named.set("name", realm.name);
            fields.set("realm", rendering::Fields::List{named});
        }
        return pages::show({.status = 200,
                            .body_template = "development.html",
                            .title_key = "development.title",
                            .fields = std::move(fields),
                            .behaviour = pages::Behaviour::scripted,
                            .area = pages::Area::development},
                           pages::make_page_context(texts, realm.brand, random));
    };
}

}  // namespace latchkey::endpoints
