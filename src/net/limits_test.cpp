// Time and number: slow clients, silent clients, too many clients; and the graceful end.

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

#include "net/server_fixture_test.hpp"

namespace latchkey::net {
namespace {

using std::chrono::milliseconds;
using testing::RawClient;
using Statuses = std::vector<int>;

constexpr std::string_view small_request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

Limits short_limits() {
    Limits limits;
    limits.header_time = milliseconds(150);
    limits.body_time = milliseconds(150);
    limits.idle_time = milliseconds(150);
    limits.write_time = milliseconds(300);
    limits.linger_time = milliseconds(200);
    limits.drain_time = milliseconds(1500);
    return limits;
}

TEST_F(ServerTest, EndsASlowHeadHoweverOftenAByteComes) {
    start(short_limits());
    const RawClient client(port());
    client.send("GET / HTTP/1.1\r\n");
    const auto begun = std::chrono::steady_clock::now();
    std::string answer;
    while (answer.empty() && std::chrono::steady_clock::now() - begun < std::chrono::seconds(5)) {
        client.send("X");
        answer = client.read_until("\r\n\r\n", milliseconds(20));
    }
    EXPECT_EQ(statuses_of(answer), Statuses{408});
    EXPECT_GE(std::chrono::steady_clock::now() - begun, milliseconds(150));
}

TEST_F(ServerTest, EndsASlowBody) {
    start(short_limits());
    EXPECT_EQ(statuses_of(exchange("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhel")),
              Statuses{408});
}

TEST_F(ServerTest, EndsASlowSecondHead) {
    start(short_limits());
    const RawClient client(port());
    client.send(std::string(small_request) + "GET /");
    EXPECT_EQ(statuses_of(client.read_to_end()), (Statuses{200, 408}));
}

TEST_F(ServerTest, ClosesAnIdleConnectionWithoutAWord) {
    start(short_limits());
    const RawClient client(port());
    client.send(small_request);
    EXPECT_EQ(statuses_of(client.read_to_end()), Statuses{200});
    EXPECT_EQ(RawClient(port()).read_to_end(), "");
}

TEST_F(ServerTest, ClosesOnAClientThatDoesNotReadItsAnswer) {
    start(short_limits());
    const RawClient client(port());
    for (int i = 0; i < 10; ++i) client.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
    std::this_thread::sleep_for(milliseconds(800));
    EXPECT_LT(client.read_to_end().size(), 20'000'000U);
}

TEST_F(ServerTest, GivesTheWriteLaneTheTimeItTakes) {
    start(short_limits());
    const RawClient client(port());
    client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
    lane_.wait_for(1);
    std::this_thread::sleep_for(milliseconds(500));
    lane_.release();
    EXPECT_EQ(statuses_of(client.read_answer()), Statuses{200});
}

TEST_F(ServerTest, RefusesMoreConnectionsThanItsLimit) {
    Limits limits;
    limits.max_connections = 2;
    start(limits);
    const RawClient first(port());
    first.send(small_request);
    EXPECT_EQ(statuses_of(first.read_answer()), Statuses{200});
    {
        const RawClient second(port());
        second.send(small_request);
        EXPECT_EQ(statuses_of(second.read_answer()), Statuses{200});
        EXPECT_EQ(statuses_of(RawClient(port()).read_to_end()), Statuses{503});
    }
    std::this_thread::sleep_for(milliseconds(100));
    const RawClient third(port());
    third.send(small_request);
    EXPECT_EQ(statuses_of(third.read_answer()), Statuses{200});
}

TEST_F(ServerTest, FinishesDeferredAnswersBeforeItStops) {
    start(short_limits());
    const RawClient deferred(port());
    deferred.send("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nwork");
    lane_.wait_for(1);
    const RawClient idle(port());
    idle.send(small_request);
    EXPECT_EQ(statuses_of(idle.read_answer()), Statuses{200});

    std::thread stopping([this] { server_->stop(); });
    EXPECT_EQ(idle.read_to_end(), "");
    EXPECT_THROW(RawClient{port()}, std::runtime_error);
    lane_.release();
    const std::string answer = deferred.read_to_end();
    EXPECT_EQ(statuses_of(answer), Statuses{200});
    EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
    EXPECT_TRUE(answer.ends_with("held /held|work")) << answer;
    stopping.join();
}

TEST_F(ServerTest, AnswersARequestWhoseBodyArrivesWhileItStops) {
    start();
    const RawClient client(port());
    client.send("POST /late HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nwo");
    std::this_thread::sleep_for(milliseconds(50));
    std::thread stopping([this] { server_->stop(); });
    std::this_thread::sleep_for(milliseconds(50));
    client.send("rk");
    const std::string answer = client.read_to_end();
    EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
    EXPECT_TRUE(answer.ends_with("/late||work")) << answer;
    stopping.join();
}

TEST_F(ServerTest, StopsInTheEndWhateverTheLaneDoes) {
    Limits limits = short_limits();
    limits.drain_time = milliseconds(200);
    start(limits);
    const RawClient client(port());
    client.send("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nwork");
    lane_.wait_for(1);
    const auto begun = std::chrono::steady_clock::now();
    server_->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(2));
    server_.reset();
    // The work still runs, on a request that is still there, for nobody.
    lane_.release();
}

TEST_F(ServerTest, StopsTwiceAndWithoutAnyRequest) {
    start();
    server_->stop();
    server_->stop();
}

}  // namespace
}  // namespace latchkey::net
