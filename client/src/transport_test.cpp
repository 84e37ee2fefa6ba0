// What the real server never says: the client believes nothing that it cannot read.

#include "transport.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "latchkey/client/client.hpp"
#include "temporary_folder_test.hpp"
#include "testing/listening_server.hpp"

namespace latchkey::client {
namespace {

using std::chrono::milliseconds;

Client make_client(const std::string& url, ClientOptions options = {}) {
    options.base_url = url;
    options.client_id = "client";
    options.client_secret = Secret("secret");
    auto made = Client::make(std::move(options));
    if (!made) throw std::runtime_error(made.error().message);
    return std::move(*made);
}

http::Handler answer(int status, std::string body) {
    return [status, body](const http::Request&) -> http::Reply {
        return http::Response{status, {}, body};
    };
}

/// How reading the user fails against a server that answers every request so.
Error failure_of(http::Handler handler, ClientOptions options = {}) {
    const testing::ListeningServer liar(std::move(handler));
    auto client = make_client(liar.url(), std::move(options));
    const auto user = client.user({"lk_at_secret"});
    return user ? Error{ErrorKind::transport, "it succeeded"} : user.error();
}

struct OddAnswer {
    const char* name;
    int status;
    std::string body;
    ErrorKind expected;
};

TEST(OddAnswers, BecomeFailuresThatSayWhatToDo) {
    using enum ErrorKind;
    const std::vector<OddAnswer> table = {
        {"a proxy's page", 502, "<html>Bad gateway</html>", http},
        {"overload", 503, R"({"errors":[{"message":"busy","extensions":{"code":"UNAVAILABLE"}}]})",
         http},
        {"a page in place of JSON", 200, "<html>Welcome to the hotel</html>", malformed_answer},
        {"nothing", 200, "", malformed_answer},
        {"half of it", 200, R"({"data":{"user":{"sub":"1)", malformed_answer},
        {"no data", 200, "{}", malformed_answer},
        {"data that is a list", 200, R"({"data":[]})", malformed_answer},
        {"another field", 200, R"({"data":{"person":{}}})", malformed_answer},
        {"a user that is text", 200, R"({"data":{"user":"Ada"}})", malformed_answer},
        {"errors", 200, R"({"errors":[{"message":"no such field"}]})", graphql},
        {"errors beside data", 200, R"({"data":{"user":{}},"errors":[{"message":"x"}]})", graphql},
        {"an error that is no object", 200, R"({"errors":[7]})", graphql},
        {"unauthorized in 200", 200,
         R"({"data":null,"errors":[{"message":"no","extensions":{"code":"UNAUTHORIZED"}}]})",
         unauthorized},
        {"401 without a body", 401, "", unauthorized},
        {"401 with JSON", 401, "{}", unauthorized},
        {"a redirect", 302, "{}", http},
    };
    for (const OddAnswer& row : table) {
        const Error error = failure_of(answer(row.status, row.body));
        EXPECT_EQ(to_string(error.kind), to_string(row.expected)) << row.name << error.message;
        EXPECT_EQ(error.status, row.status) << row.name;
    }
}

TEST(OddAnswers, OfTheTokenEndpointToo) {
    using enum ErrorKind;
    const std::vector<OddAnswer> table = {
        {"no tokens", 200, "{}", malformed_answer},
        {"tokens that are numbers", 200, R"({"access_token":1,"refresh_token":2,"expires_in":3})",
         malformed_answer},
        {"a lifetime that is text", 200,
         R"({"access_token":"a","refresh_token":"b","expires_in":"3600"})", malformed_answer},
        {"invalid_grant", 400, R"({"error":"invalid_grant"})", invalid_token},
        {"invalid_client", 401, R"({"error":"invalid_client"})", unauthorized},
        {"busy", 503, R"({"error":"temporarily_unavailable"})", http},
        {"an error that is a number", 400, R"({"error":5})", http},
    };
    for (const OddAnswer& row : table) {
        const testing::ListeningServer liar(answer(row.status, row.body));
        auto client = make_client(liar.url());
        const auto tokens = client.refresh({"lk_rt_secret"});
        ASSERT_FALSE(tokens) << row.name;
        EXPECT_EQ(to_string(tokens.error().kind), to_string(row.expected)) << row.name;
    }
}

TEST(Transport, FollowsNoRedirectWithItsSecret) {
    std::atomic<int> visits{0};
    const testing::ListeningServer thief([&visits](const http::Request&) -> http::Reply {
        ++visits;
        return http::json_response(200, "{}");
    });
    const testing::ListeningServer liar([&thief](const http::Request&) -> http::Reply {
        return http::Response{307, {}, std::string()}.with("Location", thief.url());
    });
    auto client = make_client(liar.url());
    EXPECT_FALSE(client.fetch_tokens(PublicId{"x"}));
    EXPECT_EQ(visits, 0);
}

TEST(Transport, StopsReadingAtItsLimit) {
    ClientOptions options;
    options.max_answer_bytes = 1000;
    const Error error = failure_of(answer(200, std::string(1001, ' ')), std::move(options));
    EXPECT_EQ(error.kind, ErrorKind::malformed_answer);
    EXPECT_NE(error.message.find("max_answer_bytes"), std::string::npos);
}

TEST(Transport, WaitsNoLongerThanItsTimeOut) {
    ClientOptions options;
    options.total_timeout = milliseconds(150);
    const auto slow = [](const http::Request&) -> http::Reply {
        return http::Write([](database::WriteGroup&) {
            std::this_thread::sleep_for(milliseconds(600));
            return http::json_response(200, "{}");
        });
    };
    const Error error = failure_of(slow, std::move(options));
    EXPECT_EQ(error.kind, ErrorKind::transport);
    EXPECT_EQ(error.status, 0);
}

TEST(Transport, SaysWhenNobodyAnswers) {
    std::string url;
    {
        testing::ListeningServer gone(answer(200, "{}"));
        url = gone.url();
    }
    auto client = make_client(url);
    EXPECT_EQ(client.user({"t"}).error().kind, ErrorKind::transport);
    const std::array<Metafield, 0> nothing{};
    EXPECT_EQ(client.set_metafields({"t"}, nothing).error().kind, ErrorKind::transport);
}

TEST(Transport, SendsItsCredentialsWhereTheyBelong) {
    std::string authorization, path, type;
    const testing::ListeningServer server([&](const http::Request& request) -> http::Reply {
        authorization = request.header("authorization").value_or("");
        path = request.path;
        type = request.header("content-type").value_or("");
        return http::json_response(200, "{}");
    });
    auto client = make_client(server.url());
    (void)client.user({"lk_at_1"});
    EXPECT_EQ(authorization, "Bearer lk_at_1");
    EXPECT_EQ(path, "/api/latest/users/graphql.json");
    (void)client.fetch_tokens(PublicId{"p"});
    EXPECT_EQ(authorization, "Basic " + to_base64(as_bytes("client:secret")));
    EXPECT_EQ(path, "/api/latest/partners/graphql.json");
    EXPECT_EQ(type, "application/json");
    (void)client.refresh({"lk_rt_1"});
    EXPECT_EQ(authorization, "Basic " + to_base64(as_bytes("client:secret")));
    EXPECT_EQ(path, "/oauth/token");
    EXPECT_EQ(type, "application/x-www-form-urlencoded");
}

TEST(Transport, TrustsOnlyCertificatesItIsToldTo) {
    const TemporaryFolder folder;
    const std::string key = (folder / "key.pem").string(), pem = (folder / "cert.pem").string();
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=t "
        "-addext subjectAltName=IP:127.0.0.1 -keyout " +
        key + " -out " + pem + " 2>/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);
    const testing::ListeningServer server(answer(200, R"({"data":{"user":{"sub":"1"}}})"),
                                          net::TlsFiles{pem, key});
    auto wary = make_client(server.url());
    EXPECT_EQ(wary.user({"t"}).error().kind, ErrorKind::transport);
    ClientOptions options;
    options.ca_file = pem;
    auto trusting = make_client(server.url(), std::move(options));
    const auto user = trusting.user({"t"});
    ASSERT_TRUE(user) << user.error().message;
    EXPECT_EQ(user->sub, "1");
}

TEST(BaseUrl, IsHttpsOrOnLoopback) {
    for (const char* good :
         {"https://id.example.com", "https://id.example.com:8443", "http://127.0.0.1:8080",
          "http://localhost", "http://localhost:1", "http://[::1]:8080"}) {
        EXPECT_TRUE(is_safe_base_url(good)) << good;
    }
    for (const char* bad :
         {"", "id.example.com", "http://id.example.com", "https://", "ftp://127.0.0.1",
          "http://127.0.0.1.example.com", "http://localhost.example.com:80", "http://[::2]:80",
          "https://user:pass@id.example.com", "https://id.example.com/base", "https://a?b",
          "https://a#b", "https://a b", "https://a;b", "https://a'b", "https://a,b", "https://a\nb",
          "http://localhost@evil.example", "http://"}) {
        EXPECT_FALSE(is_safe_base_url(bad)) << bad;
    }
}

TEST(ClientOptions, NeedAnIdAndASecret) {
    EXPECT_FALSE(
        Client::make({.base_url = "https://a", .client_id = "", .client_secret = Secret("x")}));
    EXPECT_FALSE(
        Client::make({.base_url = "https://a", .client_id = "x", .client_secret = Secret()}));
    EXPECT_FALSE(
        Client::make({.base_url = "http://a", .client_id = "x", .client_secret = Secret("x")}));
}

}  // namespace
}  // namespace latchkey::client
