#include "net/server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "base/text/text.hpp"
#include "net/server_fixture_test.hpp"

namespace latchkey::net {
namespace {

using testing::RawClient;
using Statuses = std::vector<int>;

TEST_F(ServerTest, AnswersToTheByte) {
    start();
    EXPECT_EQ(exchange("GET /a?b=c HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: mine-1\r\n"
                       "Connection: close\r\n\r\n"),
              "HTTP/1.1 200 OK\r\n"
              "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "X-Request-Id: mine-1\r\n"
              "X-Content-Type-Options: nosniff\r\n"
              "Referrer-Policy: no-referrer\r\n"
              "Cross-Origin-Resource-Policy: same-origin\r\n"
              "Content-Length: 7\r\n"
              "Connection: close\r\n"
              "\r\n"
              "/a|b=c|");
}

TEST_F(ServerTest, RefusesWithAJsonBodyAndTheCommonHeaders) {
    start();
    const std::string answer = exchange("GET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 Bad Request\r\n")) << answer;
    EXPECT_NE(answer.find("X-Request-Id: "), std::string::npos);
    EXPECT_NE(answer.find("X-Content-Type-Options: nosniff\r\n"), std::string::npos);
    EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
    EXPECT_TRUE(answer.ends_with(R"("extensions":{"code":"BAD_REQUEST"}}]})")) << answer;
}

TEST_F(ServerTest, KeepsTheConnectionOpen) {
    start();
    const RawClient client(port());
    for (int i = 0; i < 3; ++i) {
        client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        EXPECT_TRUE(client.read_answer().ends_with("/x||hello"));
    }
}

TEST_F(ServerTest, AnswersPipelinedRequestsInTheirOrder) {
    start();
    std::string requests;
    for (int i = 0; i < 50; ++i) {
        requests += "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n";
        requests += i == 49 ? "Connection: close\r\n\r\nx" : "\r\nx";
    }
    const std::string answers = exchange(requests);
    std::size_t at = 0;
    for (int i = 0; i < 50; ++i) {
        at = answers.find("\r\n\r\n/" + std::to_string(i) + "||x", at);
        ASSERT_NE(at, std::string::npos) << i;
    }
}

TEST_F(ServerTest, KeepsTheOrderWhenAPipelinedRequestIsDeferred) {
    start();
    const RawClient client(port());
    client.send(
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
        "POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nwork"
        "GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    lane_.wait_for(1);
    lane_.release();
    const std::string answers = client.read_to_end();
    const std::size_t first = answers.find("/1||");
    const std::size_t second = answers.find("held /held|work");
    const std::size_t third = answers.find("/3||");
    EXPECT_LT(first, second);
    EXPECT_LT(second, third);
    EXPECT_NE(third, std::string::npos);
}

TEST_F(ServerTest, TakesBytesOneAtATime) {
    start();
    const RawClient client(port());
    for (const char byte :
         std::string_view("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
                          "POST /chunks HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                          "Connection: close\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n")) {
        ASSERT_TRUE(client.send({&byte, 1}));
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    const std::string answers = client.read_to_end();
    EXPECT_NE(answers.find("/slow||hello"), std::string::npos);
    EXPECT_NE(answers.find("/chunks||hello"), std::string::npos);
}

TEST_F(ServerTest, DecodesChunksBesidePipelinedRequests) {
    start();
    const std::string answers = exchange(
        "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n"
        "GET /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_NE(answers.find("/a||firstsecond"), std::string::npos) << answers;
    EXPECT_NE(answers.find("/b||"), std::string::npos);
}

TEST_F(ServerTest, AnswersHttp10AndCloses) {
    start();
    const std::string answer = exchange("GET /old HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(answer.ends_with("/old||")) << answer;
}

TEST_F(ServerTest, AnswersAClientThatFinishedSending) {
    start();
    const RawClient client(port());
    client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /held HTTP/1.1\r\nHost: a\r\n\r\n");
    client.finish_sending();
    lane_.wait_for(1);
    lane_.release();
    EXPECT_EQ(statuses_of(client.read_to_end()), (Statuses{200, 200}));
}

TEST_F(ServerTest, IgnoresAnEmptyLineBeforeARequest) {
    start();
    EXPECT_EQ(statuses_of(exchange("\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")),
              Statuses{200});
}

TEST_F(ServerTest, SaysContinueBeforeABodyThatWaitsForIt) {
    start();
    const RawClient client(port());
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n"
        "Connection: close\r\n\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("body");
    EXPECT_TRUE(client.read_to_end().ends_with("/||body"));
}

TEST_F(ServerTest, DoesNotSayContinueToABodyThatIsTooLarge) {
    start();
    const std::string answer = exchange(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(statuses_of(answer), Statuses{413});
}

TEST_F(ServerTest, RefusesWhatIsTooLarge) {
    start();
    const std::string_view start_of_request = "POST / HTTP/1.1\r\nHost: a\r\n";
    const std::string huge(2'000'000, 'x');
    EXPECT_EQ(statuses_of(exchange("GET /" + huge)), Statuses{414});
    EXPECT_EQ(statuses_of(exchange(std::string(start_of_request) + "X: " + huge)), Statuses{431});
    EXPECT_EQ(statuses_of(exchange(std::string(start_of_request) +
                                   "Content-Length: 2000000\r\n\r\n" + huge)),
              Statuses{413});
    EXPECT_EQ(statuses_of(exchange(std::string(start_of_request) +
                                   "Transfer-Encoding: chunked\r\n\r\n1E8480\r\n" + huge)),
              Statuses{413});
}

TEST_F(ServerTest, TakesABodyOfTheLargestSize) {
    start();
    const std::string body(1024U * 1024U, 'x');
    const std::string answer = exchange(
        "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1048576\r\n\r\n" +
        body);
    EXPECT_TRUE(answer.ends_with("/||" + body));
}

TEST_F(ServerTest, DoesNotAnswerWhatFollowsARefusal) {
    start();
    EXPECT_EQ(statuses_of(exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
                                   "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                                   "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")),
              Statuses{400});
}

TEST_F(ServerTest, SendsLargeAnswersToASlowReader) {
    start();
    const RawClient client(port());
    client.send(
        "GET /big HTTP/1.1\r\nHost: a\r\n\r\nGET /big HTTP/1.1\r\nHost: a\r\n\r\n"
        "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const std::string answers = client.read_to_end();
    EXPECT_EQ(statuses_of(answers), (Statuses{200, 200, 200}));
    EXPECT_GT(answers.size(), 4'000'000U);
    EXPECT_TRUE(answers.ends_with("/last||"));
}

TEST_F(ServerTest, LeavesTheBodyOfHeadOut) {
    start();
    const std::string answer = exchange("HEAD /h HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_NE(answer.find("Content-Length: 4\r\n"), std::string::npos) << answer;
    EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(ServerTest, AnswersForAHandlerThatThrows) {
    start();
    const std::string answer =
        exchange("GET /throw HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(statuses_of(answer), Statuses{500});
    EXPECT_EQ(answer.find("a bug"), std::string::npos);
}

TEST_F(ServerTest, AnswersUnavailableForWorkThatIsDroppedOrRefused) {
    start();
    const RawClient client(port());
    client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
    lane_.wait_for(1);
    storage_->refuses = true;
    lane_.drop();
    std::string answer = client.read_answer();
    EXPECT_EQ(statuses_of(answer), Statuses{503});
    EXPECT_NE(answer.find("Retry-After: 1\r\n"), std::string::npos);
    client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(statuses_of(client.read_answer()), Statuses{503});
    client.send("GET /fine HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(statuses_of(client.read_answer()), Statuses{200});
}

TEST_F(ServerTest, SurvivesAClientThatLeavesBeforeItsAnswer) {
    start();
    {
        const RawClient client(port());
        client.send("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nwork");
        lane_.wait_for(1);
    }
    lane_.release();
    EXPECT_EQ(statuses_of(exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")),
              Statuses{200});
}

/// Lines appear in `lines` when the loop flushes them.
class LinesLog final : public http::Observer {
public:
    explicit LinesLog(std::vector<std::string>& lines) : lines_(lines) {}
    void request_started() override {}
    void request_finished(const http::RequestFinished& entry) override {
        std::string line(entry.method_text);
        line.append(" ").append(entry.path).append(" ").append(std::to_string(entry.status));
        line.append(" ").append(entry.peer_address).append(" ").append(entry.request_id);
        waiting_.push_back(std::move(line));
    }
    void flush() override {
        std::ranges::move(waiting_, std::back_inserter(lines_));
        waiting_.clear();
    }

private:
    std::vector<std::string>& lines_;
    std::vector<std::string> waiting_;
};

TEST_F(ServerTest, LogsEachRequestWithoutItsQuery) {
    std::vector<std::string> lines;
    start({}, [&](ServerOptions& options) {
        options.threads = 1;
        options.chain.observers.emplace_back([&] { return std::make_unique<LinesLog>(lines); });
    });
    static_cast<void>(exchange(
        "GET /a?token=secret HTTP/1.1\r\nHost: a\r\nX-Request-Id: r1\r\n\r\nGARBAGE\r\n\r\n"));
    server_->stop();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0], "GET /a 200 127.0.0.1 r1");
    EXPECT_TRUE(lines[1].starts_with("- - 400 127.0.0.1 ")) << lines[1];
}

TEST_F(ServerTest, MakesARequestIdWhenTheClientsIsUnusable) {
    start();
    for (const std::string& given : {std::string("a b"), std::string(65, 'x'), std::string()}) {
        const std::string answer =
            exchange("GET /throw HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + given +
                     "\r\nConnection: close\r\n\r\n");
        const std::size_t at = answer.find("X-Request-Id: ");
        ASSERT_NE(at, std::string::npos) << answer;
        EXPECT_EQ(answer.substr(at + 14, answer.find('\r', at) - at - 14).size(), 15U) << answer;
    }
}

TEST_F(ServerTest, ServesOnSeveralLoops) {
    start({}, [](ServerOptions& options) { options.threads = 3; });
    for (int i = 0; i < 30; ++i) {
        EXPECT_EQ(statuses_of(exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")),
                  Statuses{200});
    }
}

TEST_F(ServerTest, TellsAPortInUseEvenFromAnotherServerOfItsKind) {
    start();
    auto second = Server::start({.port = port(),
                                 .threads = 1,
                                 .tls = {},
                                 .limits = {},
                                 .handler = answer_test_request,
                                 .storage = *storage_,
                                 .chain = {.transport = http::Transport::loopback_http},
                                 .clock = clock_,
                                 .random = random_});
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::address_in_use);
}

TEST_F(ServerTest, TellsAHostThatIsNotItsOwn) {
    auto started = Server::start({.host = "192.0.2.1",
                                  .threads = 1,
                                  .tls = {},
                                  .limits = {},
                                  .handler = answer_test_request,
                                  .storage = *storage_,
                                  .chain = {.transport = http::Transport::loopback_http},
                                  .clock = clock_,
                                  .random = random_});
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace latchkey::net
