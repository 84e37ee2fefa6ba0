// What the whole server counts of itself: requests by the pattern that they match, and statements
// by the request that ran them.

#include <gtest/gtest.h>

#include <string>

#include "testing/test_server.hpp"

namespace latchkey {
namespace {

using testing::TestServer;

TEST(Observation, CountsRequestsByRouteAndNothingInFlight) {
    TestServer server;
    static_cast<void>(server.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
    static_cast<void>(server.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
    static_cast<void>(server.send("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n"));
    static_cast<void>(server.send("POST /oauth/token HTTP/1.1\r\nHost: x\r\n\r\n"));
    const auto counted = server.world().board().totals();
    EXPECT_EQ(counted.finished, 4U);
    EXPECT_EQ(counted.in_flight(), 0U);
    EXPECT_EQ((counted.routes.at({"/healthz", http::Method::get}).by_class[2]), 2U);
    EXPECT_EQ((counted.routes.at({"", http::Method::get}).by_class[4]), 1U);
    EXPECT_EQ((counted.routes.at({"/oauth/token", http::Method::post}).by_class[4]), 1U);
}

TEST(Observation, CountsStatementsByTheRouteThatRanThem) {
    TestServer server;
    const auto app = server.create_app("email");
    const std::string body =
        "grant_type=refresh_token&refresh_token=unknown&client_id=" + app.client_id +
        "&client_secret=" + app.client_secret;
    static_cast<void>(
        server.send("POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: "
                    "application/x-www-form-urlencoded\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body));
    std::uint64_t of_the_route = 0;
    std::uint64_t of_nobody = 0;
    for (const auto& [key, totals] : server.world().board().totals().statements) {
        EXPECT_EQ(totals.errors, 0U) << key.second;
        (key.first == "/oauth/token" ? of_the_route : of_nobody) += totals.runs;
    }
    EXPECT_GT(of_the_route, 0U);
    EXPECT_GT(of_nobody, 0U) << "migrations, the app";
}

TEST(Refusals, HaveTheShapeOfWhatIsMountedThere) {
    TestServer server;
    const struct {
        std::string_view path, body;
    } rows[] = {
        {"/nowhere", "\r\n\r\nThere is nothing at this address"},
        {"/account/nowhere", "\r\n\r\nThere is nothing at this address"},
        {"/api/nowhere", R"({"errors":[{"message":"There is nothing at this address",)"
                         R"("extensions":{"code":"NOT_FOUND"}}]})"},
        {"/oauth/nowhere",
         R"({"error":"invalid_request","error_description":"There is nothing at this address"})"},
    };
    for (const auto& [path, body] : rows) {
        const std::string answer =
            server.send("GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 404")) << answer;
        EXPECT_TRUE(answer.ends_with(body)) << answer;
    }
}

}  // namespace
}  // namespace latchkey
