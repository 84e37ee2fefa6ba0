// Requests that are answered together: what a loop's waking brought, and nothing that came later.

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "net/server_fixture_test.hpp"

namespace latchkey::net {
namespace {

using testing::RawClient;

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr std::string_view last_get = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

/// Readers whose batches can be counted.
class CountedBatches final : public database::Readers {
public:
    CountedBatches() noexcept : Readers(nullptr) {}
    std::unique_ptr<database::ReadTransaction> begin_batch() override {
        ++begun;
        return std::make_unique<Batch>(is_open);
    }

    std::atomic<int> begun = 0;
    std::atomic<bool> is_open = false;

private:
    class Batch final : public database::ReadTransaction {
    public:
        explicit Batch(std::atomic<bool>& is_open) : is_open_(is_open) { is_open_ = true; }
        ~Batch() override { is_open_ = false; }
        Batch(const Batch&) = delete;
        Batch& operator=(const Batch&) = delete;
        Result<std::unique_ptr<database::Cursor>> query(database::Sql, database::Params) override {
            return fail(ErrorCode::internal, "Internal error.");
        }

    private:
        std::atomic<bool>& is_open_;
    };
    void submit(Job job) override { job(fail(ErrorCode::internal, "Internal error.")); }
};

class CountingStorage final : public HeldStorage {
public:
    using HeldStorage::HeldStorage;
    database::Readers& readers() override { return batches; }

    CountedBatches batches;
};

class Batches : public ServerTest {
protected:
    /// Answers the number of the batch it is in; /wait answers when the test says so.
    void start_counting() {
        start_with([this](const http::Request& request) -> http::Reply {
            if (request.path == "/wait") {
                waiting_.set_value();
                go_on_.get_future().wait();
            }
            return http::text_response(200, is_open() ? std::to_string(begun()) : "none");
        });
    }
    void start_with(http::Handler handler) {
        auto counting = std::make_unique<CountingStorage>(lane_);
        batches_ = &counting->batches;
        storage_ = std::move(counting);
        start({}, [&](ServerOptions& options) { options.handler = std::move(handler); });
    }
    [[nodiscard]] int begun() const { return batches_->begun; }
    [[nodiscard]] bool is_open() const { return batches_->is_open; }
    static std::string body_of(const std::string& answer) {
        return answer.substr(answer.rfind('\n') + 1);
    }

    std::promise<void> waiting_;
    std::promise<void> go_on_;
    CountedBatches* batches_ = nullptr;  // of storage_
};

TEST_F(Batches, HoldWhatWasThereBeforeThem) {
    start_counting();
    const RawClient first(port());
    const RawClient second(port());
    const RawClient third(port());
    // Known to the loop before they ask.
    for (const RawClient* client : {&first, &second, &third}) {
        client->send(get);
        EXPECT_NE(body_of(client->read_answer()), "none");
    }
    const int before = begun();
    first.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
    waiting_.get_future().wait();
    second.send(get);
    third.send(get);
    go_on_.set_value();
    EXPECT_EQ(body_of(first.read_answer()), std::to_string(before + 1));
    // They came while the batch was being answered: they are of the next, both of them.
    EXPECT_EQ(body_of(second.read_answer()), std::to_string(before + 2));
    EXPECT_EQ(body_of(third.read_answer()), std::to_string(before + 2));
}

TEST_F(Batches, EndWithTheirAnswers) {
    start_counting();
    const std::string answers = exchange(std::string(get).append(last_get));
    EXPECT_NE(answers.find("\r\n\r\n1HTTP/1.1 200 OK"), std::string::npos) << answers;
    EXPECT_EQ(body_of(answers), "1") << "sent together, answered together";
    server_->stop();
    EXPECT_FALSE(is_open());
}

TEST_F(Batches, DoNotHoldWhatFollowsAWrite) {
    start_with([this](const http::Request& request) -> http::Reply {
        if (request.path == "/write") {
            return http::Write(
                [](database::WriteGroup&) { return http::text_response(200, "written"); });
        }
        return http::text_response(200, is_open() ? "in a batch" : "in none");
    });
    const RawClient client(port());
    // The second is here with the first, but may expect to see what the first wrote.
    const std::string write = "POST /write HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    client.send(write + std::string(last_get));
    lane_.wait_for(1);
    lane_.release();
    const std::string answers = client.read_to_end();
    EXPECT_NE(answers.find("\r\n\r\nwrittenHTTP/1.1 200 OK"), std::string::npos) << answers;
    EXPECT_TRUE(answers.ends_with("in none")) << answers;
}

TEST_F(Batches, OfTheLaneLeaveWhenTheLastOfThemIsReady) {
    start();
    const RawClient first(port());
    const RawClient second(port());
    for (const RawClient* client : {&first, &second}) {
        client->send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    lane_.wait_for(2);
    std::string early;
    lane_.before_end = [&] { early = first.read_until({}, std::chrono::milliseconds(50)); };
    lane_.release();
    EXPECT_EQ(body_of(first.read_answer()), "held /held|");
    EXPECT_EQ(body_of(second.read_answer()), "held /held|");
    EXPECT_EQ(early, "") << "an answer left while others were made ready";
}

}  // namespace
}  // namespace latchkey::net
