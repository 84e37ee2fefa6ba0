// The chain: its order, the deadline, and that every request is finished once.

#include "http/chain.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text/text.hpp"
#include "base/time/clock.hpp"
#include "http/router.hpp"

namespace latchkey::http {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

class CountingBytes final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override {
        for (std::uint8_t& byte : out) byte = next_++;
    }

private:
    std::uint8_t next_ = 1;
};

class NoGroup final : public database::WriteGroup {
public:
    Result<std::unique_ptr<database::WriteTransaction>> begin() override { return none(); }
    database::GroupState state() const noexcept override { return database::GroupState::sound; }

private:
    static Failure none() { return fail(ErrorCode::internal, "Internal error."); }
    Result<void> make_durable() override { return {}; }
};

/// A chain whose layers' effects are written down as they are seen.
class ChainTest : public ::testing::Test {
protected:
    class Noting final : public Observer {
    public:
        explicit Noting(ChainTest& test) : test_(test) {}
        void request_started() override { test_.note("counted"); }
        void request_finished(const RequestFinished& finished) override {
            std::string line = "finished " + std::to_string(finished.status);
            line += " runs " + std::to_string(finished.runs);
            if (finished.trace) line += " span " + to_hex(finished.trace->parent_id);
            test_.note(line.append(" as ").append(finished.request_id));
            test_.last_queue_time = finished.queue_time;
            test_.last_duration = finished.duration;
            test_.last_run_time = finished.run_time;
            test_.last_response_bytes = finished.response_bytes;
        }

    private:
        ChainTest& test_;
    };

    /// What the layers have given the exchange so far.
    void note(const std::string& what) {
        std::string line = what + ":";
        if (exchange.started != TimePoint{}) line += " time";
        if (exchange.trace) line += " trace";
        if (exchange.deadline != TimePoint{}) line += " deadline";
        if (!exchange.request_id.empty()) line += " id";
        notes.push_back(std::move(line));
    }
    void make(Handler handler, milliseconds limit = milliseconds(10'000)) {
        routes_ = std::move(handler);
        ChainOptions options;
        options.time_limit = limit;
        options.report_bug = [this](std::string_view id, std::string_view) {
            note("bug of " + std::string(id));
        };
        options.observers.emplace_back([this] { return std::make_unique<Noting>(*this); });
        chain.emplace(routes_, options, random_);
    }
    [[nodiscard]] Reply ask(std::vector<Header> headers) {
        headers_ = std::move(headers);
        request = Request();
        request.headers = headers_;
        return chain->handle(exchange, request);
    }
    Response end(Response response) {
        chain->leave(exchange, response);
        chain->finish(exchange, request, {response.status, response.body_view().size()});
        return response;
    }
    static bool has_header(const Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) return true;
        }
        return false;
    }

public:
    std::vector<std::string> notes;
    Exchange exchange;
    Request request;
    std::optional<Chain> chain;
    Nanoseconds last_queue_time{}, last_duration{}, last_run_time{};
    std::size_t last_response_bytes = 0;

private:
    CountingBytes random_;
    Handler routes_;
    std::vector<Header> headers_;
};

using Notes = std::vector<std::string>;

TEST_F(ChainTest, KeepsItsOrderOnTheWayInAndOut) {
    make([this](const Request&) -> Reply {
        note("handler");
        throw std::runtime_error("a bug");
    });
    const Response response =
        end(std::get<Response>(ask({{"X-Request-Id", "mine"}, {"traceparent", traceparent}})));
    // Count comes before all others; the handler finds all of them; errors are inside them.
    EXPECT_EQ(notes, (Notes{"counted:", "handler: time trace deadline id",
                            "bug of mine: time trace deadline id",
                            "finished 500 runs 0 span b7ad6b7169203331 as mine: "
                            "time trace deadline id"}));
    EXPECT_EQ(exchange.deadline - exchange.started, milliseconds(10'000));
    // Headers are outside errors: a bug's answer has them.
    EXPECT_TRUE(has_header(response, "X-Request-Id"));
    EXPECT_GE(last_duration.count(), 0);
}

TEST_F(ChainTest, NamesARequestByTheFirstOfItsNames) {
    make([](const Request&) -> Reply { return text_response(200, ""); });
    end(std::get<Response>(ask({{"X-Request-Id", "first"}, {"x-request-id", "second"}})));
    EXPECT_EQ(exchange.request_id, "first");
    end(std::get<Response>(ask({{"X-Request-Id", "no token"}, {"X-Request-Id", "second"}})));
    EXPECT_NE(exchange.request_id, "second");
    EXPECT_NE(exchange.request_id, "no token");
}

TEST_F(ChainTest, TellsHowManyBytesWereWritten) {
    make([](const Request&) -> Reply { return text_response(200, "hello"); });
    end(std::get<Response>(ask({})));
    EXPECT_EQ(last_response_bytes, 5U);
}

TEST_F(ChainTest, IgnoresATraceparentThatIsBadOrNotAlone) {
    make([](const Request&) -> Reply { return text_response(200, ""); });
    for (const std::vector<Header>& headers :
         {std::vector<Header>{{"traceparent", "00-bad"}},
          {{"traceparent", traceparent}, {"Traceparent", traceparent}},
          {{"X-Request-Id", traceparent}},
          {}}) {
        end(std::get<Response>(ask(headers)));
        EXPECT_FALSE(exchange.trace);
    }
    end(std::get<Response>(ask({{"TraceParent", traceparent}})));
    ASSERT_TRUE(exchange.trace);
    EXPECT_NE(exchange.trace->span_id, SpanId{});
    EXPECT_NE(exchange.trace->span_id, exchange.trace->parent_id);
    EXPECT_EQ(to_hex(exchange.trace->trace_id), "0af7651916cd43dd8448eb211c80319c");
}

TEST_F(ChainTest, CountsWhatRanTwiceOnce) {
    int written = 0;
    make([&](const Request&) -> Reply {
        return Write([&](database::WriteGroup&) {
            ++written;
            return text_response(200, "");
        });
    });
    const Reply reply = ask({{"X-Request-Id", "twice"}});
    Chain::hand_over(exchange);
    NoGroup group;
    static_cast<void>(std::get<Write>(reply)(group));
    end(std::get<Write>(reply)(group));
    EXPECT_EQ(written, 2);
    EXPECT_EQ(notes, (Notes{"counted:", "finished 200 runs 2 as twice: time deadline id"}));
    EXPECT_GT(last_queue_time.count(), 0);
    EXPECT_LE(last_queue_time + last_run_time, last_duration);
}

TEST_F(ChainTest, DoesNotRunWhatComesToItsTurnTooLate) {
    int written = 0;
    make(
        [&](const Request&) -> Reply {
            return Write([&](database::WriteGroup&) {
                ++written;
                return text_response(200, "");
            });
        },
        milliseconds(0));
    const Reply reply = ask({});
    Chain::hand_over(exchange);
    NoGroup group;
    const Response response = end(std::get<Write>(reply)(group));
    EXPECT_EQ(response.status, 503);
    EXPECT_TRUE(has_header(response, "Retry-After"));
    EXPECT_TRUE(has_header(response, "X-Request-Id"));
    EXPECT_EQ(written, 0);
}

TEST_F(ChainTest, DoesNotRunWhatWasTakenBackAlsoWhenAnotherRequestIsHere) {
    int written = 0;
    make([&](const Request&) -> Reply {
        return Write([&](database::WriteGroup&) {
            ++written;
            return text_response(200, "");
        });
    });
    const Reply late = ask({});
    Chain::hand_over(exchange);
    EXPECT_TRUE(exchange.turn.take_back());
    end(Chain::overloaded(exchange));
    NoGroup group;
    static_cast<void>(std::get<Write>(late)(group));
    EXPECT_EQ(written, 0);

    const Reply next = ask({});
    Chain::hand_over(exchange);
    static_cast<void>(std::get<Write>(late)(group));
    EXPECT_EQ(written, 0);
    EXPECT_EQ(end(std::get<Write>(next)(group)).status, 200);
    EXPECT_EQ(written, 1);
    EXPECT_FALSE(exchange.turn.take_back()) << "it has begun";
}

TEST_F(ChainTest, RefusesInTheShapeOfTheRoute) {
    Router router;
    router.refuse_in("/plain/", [](int status, Literal code, Literal) {
        return text_response(status, std::string(code.view()));
    });
    router.add(Method::get, "/plain/bug", [](const Request&) -> Reply { throw 1; });
    router.add(Method::get, "/other/bug", [](const Request&) -> Reply { throw 1; });
    make([&](const Request& one) -> Reply {
        Request asked = one;
        asked.path = one.header("path").value_or("");
        return router.handle(asked);
    });
    const auto body_at = [&](std::string_view path) {
        const Response response = end(std::get<Response>(ask({{"path", path}})));
        return std::string(response.body_view());
    };
    EXPECT_EQ(body_at("/plain/bug"), "INTERNAL");
    EXPECT_EQ(exchange.route, "/plain/bug");
    EXPECT_EQ(body_at("/plain/nowhere"), "NOT_FOUND");
    EXPECT_EQ(exchange.route, "");
    EXPECT_NE(body_at("/other/bug").find(R"("code":"INTERNAL")"), std::string::npos);
    EXPECT_THROW(router.refuse_in("/late/", error_response), std::logic_error);
}

}  // namespace
}  // namespace latchkey::http
