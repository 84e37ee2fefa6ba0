#include "tests/flows/mounted/lessons.hpp"

namespace latchkey::testing {
namespace {

constexpr auto drop_secrets = [](Scene& scene) { scene.execute("DELETE FROM client_secrets"); };
constexpr auto end_connection = [](Scene& scene) {
    scene.execute("UPDATE connections SET revocations = revocations + 1, state = 2");
};
constexpr auto drop_families = [](Scene& scene) { scene.execute("DELETE FROM refresh_families"); };

Lesson call(std::string name, std::string_view path, Half half,
            std::function<Fields(Scene&)> fields, std::string shows) {
    return {.name = std::move(name),
            .method = http::Method::post,
            .pattern = path,
            .half = half,
            .prepare = [path, fields = std::move(fields)](
                           Scene& scene) { return scene.oauth(std::string(path), fields(scene)); },
            .answer = {200, std::move(shows)},
            .withdrawals = {{"the app's secret", drop_secrets, {401, "invalid_client"}}}};
}

/// The app says who it is in the form.
Lesson by_form(Lesson lesson) {
    lesson.name += "ByForm";
    lesson.prepare = [make = lesson.prepare](Scene& scene) {
        Sent sent = make(scene);
        std::erase_if(sent.headers, [](const auto& each) { return each.first == "Authorization"; });
        sent.body +=
            "&client_id=" + scene.app.client_id + "&client_secret=" + scene.app.client_secret;
        return sent;
    };
    lesson.withdrawals.front().in_body = "client_secret";
    return lesson;
}

/// With what withdraws the token that is asked about, and what is said then.
Lesson of_token(Lesson lesson, std::string_view in_body, std::function<void(Scene&)> withdraw,
                Expected answer) {
    lesson.withdrawals.push_back(
        {"the token", std::move(withdraw), std::move(answer), {}, in_body});
    return lesson;
}

}  // namespace

std::vector<Lesson> oauth_lessons() {
    std::vector<Lesson> lessons = {
        of_token(call(
                     "RefreshToken", "/oauth/token", Half::writes,
                     [](Scene& scene) {
                         return Fields{{"grant_type", "refresh_token"},
                                       {"refresh_token", scene.exchange().refresh}};
                     },
                     "\"access_token\":"),
                 "refresh_token", drop_families, {400, "invalid_grant"}),
        of_token(call(
                     "Revoke", "/oauth/revoke", Half::writes,
                     [](Scene& scene) { return Fields{{"token", scene.exchange().refresh}}; }, ""),
                 "token", drop_families, {200, "{}"}),
        of_token(call(
                     "Introspect", "/oauth/introspect", Half::reads,
                     [](Scene& scene) { return Fields{{"token", scene.exchange().access}}; },
                     "\"active\":true"),
                 "token", end_connection, {200, "\"active\":false"}),
    };
    lessons.front().withdrawals.push_back(
        {"the connection", end_connection, {400, "invalid_grant"}, {}, "refresh_token"});
    for (std::size_t i = 0; i < 3; ++i) lessons.push_back(by_form(lessons[i]));
    return lessons;
}

}  // namespace latchkey::testing
