// Every request is counted once, whatever becomes of it, and what waits for the store too long is
// answered without it.

#include <gtest/gtest.h>

#include <mutex>
#include <string>
#include <vector>

#include "net/server_fixture_test.hpp"

namespace latchkey::net {
namespace {

using testing::RawClient;
using Milliseconds = std::chrono::milliseconds;

/// What the loops' observers were told, of all of them.
class Told {
public:
    [[nodiscard]] http::MakeObserver make() {
        return [this] { return std::make_unique<One>(*this); };
    }
    /// Of all answers together.
    [[nodiscard]] std::size_t response_bytes() const {
        const std::lock_guard lock(mutex_);
        return response_bytes_;
    }
    /// "STATUS METHOD PATH ENDING", in order of their ends.
    [[nodiscard]] std::vector<std::string> finished() const {
        const std::lock_guard lock(mutex_);
        return finished_;
    }
    [[nodiscard]] int in_flight() const {
        const std::lock_guard lock(mutex_);
        return started_ - static_cast<int>(finished_.size());
    }

private:
    class One final : public http::Observer {
    public:
        explicit One(Told& told) : told_(told) {}
        void request_started() override {
            const std::lock_guard lock(told_.mutex_);
            ++told_.started_;
        }
        void request_finished(const http::RequestFinished& one) override {
            std::string line = std::to_string(one.status);
            line.append(" ").append(one.method_text).append(" ").append(one.path);
            if (one.ending == http::Ending::unheard) line.append(" unheard");
            if (one.ending == http::Ending::cut_off) line.append(" cut off");
            const std::lock_guard lock(told_.mutex_);
            told_.finished_.push_back(std::move(line));
            told_.response_bytes_ += one.response_bytes;
        }

    private:
        Told& told_;
    };
    mutable std::mutex mutex_;
    int started_ = 0;                    // guarded by mutex_
    std::vector<std::string> finished_;  // guarded by mutex_
    std::size_t response_bytes_ = 0;     // guarded by mutex_
};

class Observed : public ServerTest {
protected:
    ~Observed() override { server_.reset(); }
    void start_observed(Limits limits = {}, Milliseconds time_limit = Milliseconds(10'000)) {
        start(limits, [&](ServerOptions& options) {
            options.chain.observers.push_back(told_.make());
            options.chain.time_limit = time_limit;
        });
    }
    Told told_;
};

using Lines = std::vector<std::string>;

TEST_F(Observed, AnswersOfEachKindAreCountedOnce) {
    start_observed();
    EXPECT_EQ(statuses_of(exchange("GET /a?b=secret HTTP/1.1\r\nHost: a\r\n\r\n"
                                   "HEAD /b HTTP/1.1\r\nHost: a\r\n\r\n"
                                   "BREW /throw HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")),
              (std::vector<int>{200, 200, 500}));
    const RawClient client(port());
    client.send("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    lane_.wait_for(1);
    EXPECT_EQ(told_.in_flight(), 1);
    lane_.release();
    static_cast<void>(client.read_answer());
    client.send("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    lane_.wait_for(1);
    lane_.drop();
    EXPECT_EQ(statuses_of(client.read_answer()), std::vector<int>{503});
    server_->stop();
    EXPECT_EQ(told_.finished(), (Lines{"200 GET /a", "200 HEAD /b", "500 BREW /throw",
                                       "200 POST /held", "503 POST /held"}));
    EXPECT_EQ(told_.in_flight(), 0);
}

TEST_F(Observed, AnswersAreAsLongAsWhatWasSent) {
    start_observed();
    const std::string at_once = exchange("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const RawClient client(port());
    client.send("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    lane_.wait_for(1);
    lane_.release();
    const std::string from_the_lane = client.read_answer();
    server_->stop();
    EXPECT_EQ(told_.response_bytes(), at_once.size() + from_the_lane.size());
}

TEST_F(Observed, RefusalsAreCountedAsWhatTheyAre) {
    Limits limits;
    limits.header_time = Milliseconds(60);
    limits.message.max_headers = 3;
    limits.message.max_target_bytes = 20;
    limits.message.max_body_bytes = 10;
    start_observed(limits);
    const struct {
        std::string_view bytes;
        int status;
    } rows[] = {
        {"GARBAGE\r\n\r\n", 400},
        {"GET /a HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n", 431},
        {"GET /aaaaaaaaaaaaaaaaaaaaaaaaa HTTP/1.1\r\nHost: a\r\n\r\n", 414},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n", 413},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 400},
        {"GET /a HTTP/1.1\r\nHo", 408},
    };
    Lines expected;
    for (const auto& [bytes, status] : rows) {
        EXPECT_EQ(statuses_of(exchange(bytes)), std::vector<int>{status}) << bytes;
        expected.push_back(std::to_string(status) + " - -");
    }
    server_->stop();
    EXPECT_EQ(told_.finished(), expected);
    EXPECT_EQ(told_.in_flight(), 0);
}

TEST_F(Observed, ConnectionsAboveTheLimitAreCounted) {
    Limits limits;
    limits.max_connections = 1;
    start_observed(limits);
    const RawClient first(port());
    first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    const std::string served = first.read_answer();
    const std::string turned_away = RawClient(port()).read_to_end();
    EXPECT_EQ(statuses_of(turned_away), std::vector<int>{503});
    server_->stop();
    EXPECT_EQ(told_.finished(), (Lines{"200 GET /", "503 - -"}));
    EXPECT_EQ(told_.response_bytes(), served.size() + turned_away.size());
}

TEST_F(Observed, AnAnswerThatNobodyHearsIsCounted) {
    start_observed();
    {
        const RawClient client(port());
        client.send("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
        lane_.wait_for(1);
    }
    // The loop has seen the other's end, and with it, as it came before, the first's.
    EXPECT_EQ(statuses_of(exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")),
              std::vector<int>{200});
    lane_.release();
    server_->stop();
    EXPECT_EQ(told_.in_flight(), 0);
    ASSERT_EQ(told_.finished().size(), 2U);
    EXPECT_TRUE(told_.finished()[1].starts_with("200 POST /held")) << told_.finished()[1];
}

TEST_F(Observed, WhatIsCutOffByTheEndOfDrainingIsCounted) {
    Limits limits;
    limits.drain_time = Milliseconds(40);
    start_observed(limits);
    const RawClient client(port());
    client.send("POST /held HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    lane_.wait_for(1);
    server_->stop();
    EXPECT_EQ(told_.finished(), Lines{"503 POST /held cut off"});
    lane_.drop();
}

TEST_F(Observed, AStuckLaneIsAnsweredForAtTheDeadlineAndRunsNothingLate) {
    std::atomic<int> written = 0;
    start({}, [&](ServerOptions& options) {
        options.chain.observers.push_back(told_.make());
        options.chain.time_limit = Milliseconds(60);
        options.handler = [&](const http::Request& request) -> http::Reply {
            if (request.path == "/now") return http::text_response(200, "now");
            return http::Write([&](database::WriteGroup&) {
                ++written;
                return http::text_response(200, "late");
            });
        };
    });
    const RawClient client(port());
    client.send("POST /late HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    lane_.wait_for(1);
    const std::string answer = client.read_answer();
    EXPECT_EQ(statuses_of(answer), std::vector<int>{503});
    EXPECT_NE(answer.find("Retry-After: 1\r\n"), std::string::npos) << answer;
    EXPECT_NE(answer.find("X-Request-Id: "), std::string::npos) << answer;
    // The connection goes on, and the lane's answer of before is not taken for the next one's.
    client.send("POST /late HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    lane_.wait_for(2);
    lane_.release();
    const std::string second = client.read_answer();
    client.send("GET /now HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(client.read_answer().ends_with("now"));
    server_->stop();
    // The second ran, unless this machine was so slow that its time was over, too.
    EXPECT_EQ(written, statuses_of(second)[0] == 200 ? 1 : 0);
    EXPECT_EQ(told_.finished().size(), 3U);
    EXPECT_EQ(told_.finished()[0], "503 POST /late");
    EXPECT_EQ(told_.in_flight(), 0);
}

}  // namespace
}  // namespace latchkey::net
