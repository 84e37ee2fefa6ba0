#include "http/router.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

namespace latchkey::http {
namespace {

Handler says(std::string text) {
    return [text = std::move(text)](const Request& request) -> Reply {
        std::string body = text;
        for (const std::string_view parameter : request.parameters) {
            if (!parameter.empty()) body.append(" ").append(parameter);
        }
        return text_response(200, std::move(body));
    };
}

Router make_router() {
    Router router;
    router.add(Method::post, "/api/{version}/partners/graphql.json", says("partners"));
    router.add(Method::post, "/api/partners/graphql.json", says("partners"));
    router.add(Method::get, "/apps/{id}", says("app"));
    router.add(Method::post, "/apps/{id}", says("change app"));
    router.add(Method::get, "/apps/new", says("new app"));
    router.add(Method::get, "/", says("home"));
    return router;
}

Response ask(const Router& router, Method method, std::string_view path) {
    Request request;
    request.method = method;
    request.path = request.target = path;
    return std::get<Response>(router.handle(request));
}

std::string header_of(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

TEST(Router, FindsExactPathsAndParameters) {
    const Router router = make_router();
    EXPECT_EQ(ask(router, Method::get, "/").body_view(), "home");
    EXPECT_EQ(ask(router, Method::post, "/api/latest/partners/graphql.json").body_view(),
              "partners latest");
    EXPECT_EQ(ask(router, Method::post, "/api/partners/graphql.json").body_view(), "partners");
    EXPECT_EQ(ask(router, Method::get, "/apps/42").body_view(), "app 42");
}

TEST(Router, PrefersTheExactPath) {
    EXPECT_EQ(ask(make_router(), Method::get, "/apps/new").body_view(), "new app");
}

TEST(Router, TakesPathsByteForByte) {
    const Router router = make_router();
    for (const std::string_view path :
         {"", "*", "/apps", "/apps/", "/apps/1/", "//apps/1", "/Apps/new", "/apps/new/",
          "/api//partners/graphql.json", "/api/latest/partners/graphql%2ejson",
          "/api/latest/partners/../partners/graphql.json"}) {
        EXPECT_EQ(ask(router, Method::get, path).status, 404) << path;
    }
}

TEST(Router, TellsWhichMethodsAPathTakes) {
    const Router router = make_router();
    const Response refused = ask(router, Method::delete_, "/apps/1");
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(header_of(refused, "Allow"), "GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(ask(router, Method::other, "/").status, 405);
    const Response options = ask(router, Method::options, "/api/x/partners/graphql.json");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(header_of(options, "Allow"), "POST, OPTIONS");
}

TEST(Router, AnswersHeadWithTheGetHandler) {
    EXPECT_EQ(ask(make_router(), Method::head, "/").body_view(), "home");
}

TEST(Router, SaysErrorsInJson) {
    const Response response = ask(make_router(), Method::get, "/nowhere");
    EXPECT_EQ(response.body_view(), R"({"errors":[{"message":"There is nothing at this address",)"
                                    R"("extensions":{"code":"NOT_FOUND"}}]})");
    EXPECT_EQ(header_of(response, "Cache-Control"), "no-store");
}

TEST(Router, RefusesMistakesInTheTableOfRoutes) {
    Router router = make_router();
    EXPECT_THROW(router.add(Method::get, "/", says("again")), std::logic_error);
    EXPECT_THROW(router.add(Method::get, "no-slash", says("")), std::logic_error);
    EXPECT_THROW(router.add(Method::get, "/{a}/{b}/{c}/{d}", says("")), std::logic_error);
}

TEST(Router, SaysWhatWasMounted) {
    Router router;
    const auto handler = [](const Request&) -> Reply { return text_response(200, ""); };
    router.add(Method::get, "/a", handler);
    router.add(Method::post, "/a", handler);
    router.add(Method::get, "/b/{name}", handler);
    std::set<std::pair<Method, std::string_view>> mounted;
    for (const auto& [method, pattern] : router.routes()) mounted.emplace(method, pattern);
    EXPECT_EQ(mounted, (std::set<std::pair<Method, std::string_view>>{
                           {Method::get, "/a"}, {Method::post, "/a"}, {Method::get, "/b/{name}"}}));
    EXPECT_EQ(router.routes().size(), 3U);
}

}  // namespace
}  // namespace latchkey::http
