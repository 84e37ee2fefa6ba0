#include "tests/flows/mounted/lessons.hpp"

namespace latchkey::testing {
namespace {

Lesson call(std::string name, std::string_view path, Half half,
            std::function<Fields(Scene&)> fields, std::string shows) {
    return {.name = std::move(name),
            .method = http::Method::post,
            .pattern = path,
            .half = half,
            .prepare = [path, fields = std::move(fields)](
                           Scene& scene) { return scene.oauth(std::string(path), fields(scene)); },
            .answer = {200, std::move(shows)},
            .withdrawals = {{"the app's secret",
                             [](Scene& scene) { scene.execute("DELETE FROM client_secrets"); },
                             {401, "invalid_client"}}}};
}

}  // namespace

std::vector<Lesson> oauth_lessons() {
    return {
        call(
            "RefreshToken", "/oauth/token", Half::writes,
            [](Scene& scene) {
                return Fields{{"grant_type", "refresh_token"},
                              {"refresh_token", scene.exchange().refresh}};
            },
            "\"access_token\":"),
        call(
            "Revoke", "/oauth/revoke", Half::writes,
            [](Scene& scene) { return Fields{{"token", scene.exchange().refresh}}; }, ""),
        call(
            "Introspect", "/oauth/introspect", Half::reads,
            [](Scene& scene) { return Fields{{"token", scene.exchange().access}}; },
            "\"active\":true"),
    };
}

}  // namespace latchkey::testing
