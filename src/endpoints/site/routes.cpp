#include "endpoints/site/routes.hpp"

#include <utility>

#include "embedded/page_scripts.hpp"
#include "endpoints/site/front_page.hpp"
#include "endpoints/site/health.hpp"
#include "endpoints/site/logos.hpp"
#include "pages/assets.hpp"

namespace latchkey::endpoints {
namespace {

using http::Method;

http::Handler page_files() {
    auto files = pages::page_assets();
    for (const embedded::File& script : embedded::page_scripts()) {
        files.push_back({script.name, script.contents});
    }
    return pages::assets(std::move(files));
}

}  // namespace

void site_routes(http::Router& router, const realm::Realm& realm) {
    router.add(Method::get, health_path, health());
    router.add(Method::get, "/assets/{file}", page_files());
    router.add(Method::get, "/brand/{version}", brand_logos(realm.brand));
    router.add(Method::get, "/app-logos/{client_id}/{version}", app_logos(realm));
}

void front_page_route(http::Router& router) { router.add(Method::get, "/", front_page()); }

}  // namespace latchkey::endpoints
