#pragma once

// A whole server in the test's own process: real store, real keys, real routes, a clock that the
// test moves and randomness that repeats. It speaks HTTP/1.1 text without sockets, so a flow can be
// written down as a transcript.
//
//     TestServer server;
//     server.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")  -> the whole answer as text

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "apps/latchkey/application.hpp"
#include "base/random.hpp"
#include "base/time/clock.hpp"
#include "http/error_response.hpp"

namespace latchkey::testing {

/// Moved by the test's thread, read by the server's.
class TestClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override { return from_unix(now_); }
    void advance(Seconds by) { now_ += by.count(); }

private:
    std::atomic<std::int64_t> now_ = 1'767'225'600;  // 2026-01-01T00:00:00Z
};

/// The same bytes in every run: a counter through SplitMix64.
class RepeatableRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> out) override;
    /// From here on the bytes are those of this seed.
    void restart(std::uint64_t seed);

private:
    std::mutex mutex_;
    std::uint64_t state_ = 1;  // guarded by mutex_
};

class TestServer {
public:
    explicit TestServer(app::Mode mode = app::Mode::development,
                        const std::function<void(config::ServerConfig&)>& configure = {});
    ~TestServer();
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;

    /// One request, as bytes; its answer, as bytes. What it hands over to the store is waited for.
    [[nodiscard]] std::string send(std::string_view request);
    /// What the handler's reply becomes when it has run. Absent: the write lane has no room.
    [[nodiscard]] std::optional<http::Response> answer_to(
        http::Reply reply, http::ErrorShape shape = http::error_response);

    [[nodiscard]] app::Installation& world() noexcept { return *world_; }
    [[nodiscard]] app::Application& application() noexcept { return *application_; }
    [[nodiscard]] TestClock& clock() noexcept { return clock_; }
    [[nodiscard]] RepeatableRandom& random() noexcept { return random_; }
    [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }

    /// An app and a person to work with.
    struct App {
        std::string client_id, client_secret;
    };
    [[nodiscard]] App create_app(std::string_view scopes);
    [[nodiscard]] UserId create_user(std::string_view email);
    /// The same in a realm.
    [[nodiscard]] App create_app(const app::OpenRealm& realm, std::string_view scopes);
    [[nodiscard]] UserId create_user(const app::OpenRealm& realm, std::string_view email);

    /// A realm, as another process makes it: the server has not looked yet.
    void add_realm(std::string name, std::string public_url);
    /// One that the server then serves.
    const app::OpenRealm& create_realm(std::string name, std::string public_url);

private:
    TestClock clock_;
    RepeatableRandom random_;
    RepeatableRandom ids_;  // of the chain: what the domain draws is its own
    std::filesystem::path folder_;
    std::unique_ptr<Log> log_;
    std::unique_ptr<app::Installation> world_;
    std::unique_ptr<app::Application> application_;
    std::unique_ptr<http::Chain> chain_;
};

}  // namespace latchkey::testing
