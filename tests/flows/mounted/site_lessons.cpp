// What everybody may have: files, pages to explore, and what development adds.

#include "tests/flows/mounted/lessons.hpp"

namespace latchkey::testing {
namespace {

Lesson file(std::string name, std::string_view pattern, std::string target, std::string shows) {
    return {.name = std::move(name),
            .method = http::Method::get,
            .pattern = pattern,
            .half = Half::none,
            .prepare = [target = std::move(target)](Scene& scene) { return scene.page(target); },
            .answer = {200, std::move(shows)}};
}
Lesson page(std::string name, std::string_view path, std::string shows) {
    return file(std::move(name), path, std::string(path), std::move(shows));
}

}  // namespace

std::vector<Lesson> site_lessons() {
    return {
        page("FrontPage", "/", "<html"),
        page("Health", "/healthz", "\"ok\""),
        {.name = "Mailbox",
         .method = http::Method::get,
         .pattern = "/dev/mailbox",
         .half = Half::reads,
         .prepare = [](Scene& scene) { return scene.page("/dev/mailbox"); },
         .answer = {200, "<html"}},
        file("Stylesheet", "/assets/{file}", "/assets/signin.css", "{"),
        page("SdkConfig", "/sdk/config.json", "{"),
        file("SdkFile", "/sdk/{file}", "/sdk/loader.sdk.esm.js", "import"),
        file("SdkFileAsTheShopPlatformNamesIt", "/shopifycloud/shop-js/modules/v2/{file}",
             "/shopifycloud/shop-js/modules/v2/loader.sdk.esm.js", "import"),
        page("GraphiqlPartners", "/api/partners/graphiql", "graphiql"),
        page("GraphiqlLatestPartners", "/api/latest/partners/graphiql", "graphiql"),
        page("GraphiqlUnstablePartners", "/api/unstable/partners/graphiql", "graphiql"),
        page("GraphiqlUsers", "/api/users/graphiql", "graphiql"),
        page("GraphiqlLatestUsers", "/api/latest/users/graphiql", "graphiql"),
        page("GraphiqlUnstableUsers", "/api/unstable/users/graphiql", "graphiql"),
        file("GraphiqlFile", "/graphiql/{file}", "/graphiql/graphiql.js", "function"),
        {.name = "BrandLogo",
         .method = http::Method::get,
         .pattern = "/brand/{version}",
         .half = Half::none,
         .prepare = [](Scene& scene) { return scene.page("/brand/none"); },
         .answer = {404, ""}},
        {.name = "AppLogo",
         .method = http::Method::get,
         .pattern = "/app-logos/{client_id}/{version}",
         .half = Half::reads,
         .prepare =
             [](Scene& scene) { return scene.page("/app-logos/" + scene.app.client_id + "/none"); },
         .answer = {404, ""}},
    };
}

std::vector<Lesson> all_lessons() {
    std::vector<Lesson> all;
    for (const auto& some : {partners_lessons(), users_lessons(), oauth_lessons(),
                             sign_in_lessons(), account_lessons(), site_lessons()}) {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

}  // namespace latchkey::testing
