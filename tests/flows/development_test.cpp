// What is for those who develop: on with --dev, off in production unless the operator says so.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text/text.hpp"
#include "testing/test_server.hpp"

namespace latchkey::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string get(TestServer& server, std::string_view path) {
    return server.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n");
}

TEST(Development, GraphiqlIsServedForEachApiAndVersion) {
    TestServer server;
    for (const std::string api : {"partners", "users"}) {
        for (const std::string version : {"", "latest/", "unstable/"}) {
            const std::string page = get(server, "/api/" + version + api + "/graphiql");
            EXPECT_THAT(page, StartsWith("HTTP/1.1 200"));
            const std::string endpoint = version.empty() ? "latest/" : version;
            EXPECT_THAT(page, HasSubstr("/api/" + endpoint + api + "/graphql.json"));
        }
    }
}

TEST(Development, GraphiqlIsTheOperatorsChoice) {
    struct Row {
        app::Mode mode;
        config::Graphiql graphiql;
        const char* status;
    };
    const Row rows[] = {
        {app::Mode::production, config::Graphiql::in_development, "HTTP/1.1 404"},
        {app::Mode::production, config::Graphiql::always, "HTTP/1.1 200"},
        {app::Mode::development, config::Graphiql::never, "HTTP/1.1 404"},
    };
    for (const Row& row : rows) {
        TestServer server(row.mode,
                          [&row](config::ServerConfig& config) { config.graphiql = row.graphiql; });
        for (const char* path : {"/api/users/graphiql", "/graphiql/graphiql.js"}) {
            EXPECT_THAT(get(server, path), StartsWith(row.status)) << path;
        }
    }
}

TEST(Development, ValidationSuggestsNamesAndInProductionTellsNone) {
    for (const auto mode : {app::Mode::development, app::Mode::production}) {
        TestServer server(mode);
        const auto app = server.create_app("email");
        const std::string body = R"({"query":"{ metafieldDefinitio }"})";
        const std::string answer = server.send(
            "POST /api/latest/partners/graphql.json HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " +
            to_base64(as_bytes(app.client_id + ":" + app.client_secret)) +
            "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
            "\r\n\r\n" + body);
        EXPECT_THAT(answer, HasSubstr("Cannot query field"));
        if (mode == app::Mode::development) {
            EXPECT_THAT(answer, HasSubstr("Did you mean"));
        } else {
            EXPECT_THAT(answer, Not(HasSubstr("Did you mean")));
        }
    }
}

}  // namespace
}  // namespace latchkey::testing
