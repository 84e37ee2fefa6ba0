#pragma once

// For the tests of net/: a server on a free port, with a handler that shows what it was asked.

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "net/server.hpp"
#include "testing/counting_random.hpp"
#include "testing/raw_client.hpp"
#include "testing/storeless.hpp"

namespace latchkey::net {

class FixedClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return from_unix(784'111'777); }
};

/// A write lane by hand: holds what was handed over until the test says so, then answers from a
/// thread of its own.
class HeldLane {
public:
    ~HeldLane() {
        if (thread_.joinable()) thread_.join();
    }
    void hold(http::Write work, Done done) {
        const std::scoped_lock lock(mutex_);
        waiting_.push_back({std::move(work), std::move(done)});
        arrived_.notify_all();
    }
    void wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        ASSERT_TRUE(arrived_.wait_for(lock, std::chrono::seconds(5),
                                      [&] { return waiting_.size() >= count; }));
    }
    /// Runs and answers everything that waits.
    void release() {
        if (thread_.joinable()) thread_.join();
        thread_ = std::thread([this, jobs = take()]() mutable {
            testing::StorelessGroup none;
            database::AnswerBatch answers;
            for (Job& job : jobs) job.done(job.work(none), answers);
            if (before_end) before_end();
        });
    }
    /// Forgets everything that waits, unanswered.
    void drop() { take().clear(); }

    std::function<void()> before_end;  // called when all of that is answered

private:
    struct Job {
        http::Write work;
        Done done;
    };
    std::deque<Job> take() {
        const std::scoped_lock lock(mutex_);
        return std::exchange(waiting_, {});
    }
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Job> waiting_;
    std::thread thread_;
};

/// What writes waits in the lane; nothing is read.
class HeldStorage : public testing::Storeless {
public:
    explicit HeldStorage(HeldLane& lane) noexcept : lane_(lane) {}
    void write(http::Write work, http::ErrorShape, Done done) override {
        if (!refuses) lane_.hold(std::move(work), std::move(done));
    }

    std::atomic<bool> refuses = false;

private:
    HeldLane& lane_;
};

inline std::string describe(const http::Request& request) {
    std::string text(request.path);
    text.append("|").append(request.query).append("|").append(request.body);
    return text;
}

/// "/held…" is handed to the lane; "/throw" throws; "/big" answers 2 MB; the rest is echoed.
inline http::Reply answer_test_request(const http::Request& request) {
    if (request.path.starts_with("/held")) {
        return http::Write([path = request.path, body = request.body](database::WriteGroup&) {
            std::string text = "held ";
            return http::text_response(200, text.append(path).append("|").append(body));
        });
    }
    if (request.path == "/throw") throw std::runtime_error("a bug");
    if (request.path == "/big") return http::text_response(200, std::string(2'000'000, 'b'));
    return http::text_response(200, describe(request));
}

class ServerTest : public ::testing::Test {
protected:
    /// Starts with `limits`; `change` may alter the options further.
    void start(Limits limits = {}, const std::function<void(ServerOptions&)>& change = {}) {
        ServerOptions options{.threads = 1,
                              .tls = {},
                              .limits = limits,
                              .handler = answer_test_request,
                              .storage = *storage_,
                              .chain = {.transport = http::Transport::loopback_http},
                              .clock = clock_,
                              .random = random_};
        if (change) change(options);
        auto started = Server::start(std::move(options));
        ASSERT_TRUE(started) << started.error().detail;
        server_ = std::move(*started);
    }
    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    /// Sends `bytes` on a connection of its own and reads until the server closes.
    [[nodiscard]] std::string exchange(std::string_view bytes) const {
        const testing::RawClient client(port());
        client.send(bytes);
        return client.read_to_end();
    }

    FixedClock clock_;
    testing::CountingRandom random_;
    HeldLane lane_;
    std::unique_ptr<HeldStorage> storage_ = std::make_unique<HeldStorage>(lane_);
    std::unique_ptr<Server> server_;
};

/// The status of each answer in `bytes`, in order.
inline std::vector<int> statuses_of(std::string_view bytes) {
    std::vector<int> statuses;
    constexpr std::string_view start = "HTTP/1.1 ";
    for (std::size_t at = 0; (at = bytes.find(start, at)) != std::string_view::npos;) {
        at += start.size();
        statuses.push_back(std::stoi(std::string(bytes.substr(at, 3))));
    }
    return statuses;
}

}  // namespace latchkey::net
