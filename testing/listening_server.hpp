#pragma once

// A handler behind a real socket on a free loopback port: the test server's own, for what speaks
// HTTP itself, or one that a test makes up, for what the real server never says.

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "crypto/system_random.hpp"
#include "net/server.hpp"
#include "testing/storeless.hpp"
#include "testing/test_server.hpp"

namespace latchkey::testing {

class ListeningServer {
public:
    explicit ListeningServer(TestServer& server)
        : ListeningServer(server.application().handler(), server.application().chain(),
                          server.application().storage(), std::nullopt) {}

    /// Without a store: what the handler hands over as a Write runs on the loop.
    explicit ListeningServer(http::Handler handler, std::optional<net::TlsFiles> tls = std::nullopt)
        : ListeningServer(std::move(handler), {}, storeless_, std::move(tls)) {}

    /// "http://127.0.0.1:PORT", or https.
    [[nodiscard]] std::string url() const {
        return (is_tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") +
               std::to_string(server_->port());
    }
    void stop() { server_->stop(); }

private:
    ListeningServer(http::Handler handler, http::ChainOptions chain, net::Storage& storage,
                    std::optional<net::TlsFiles> tls)
        : is_tls_(tls.has_value()) {
        net::ServerOptions options{.threads = 2,
                                   .tls = std::move(tls),
                                   .limits = {},
                                   .handler = std::move(handler),
                                   .storage = storage,
                                   .chain = std::move(chain),
                                   .clock = clock_,
                                   .random = random_};
        auto started = net::Server::start(std::move(options));
        if (!started) throw std::runtime_error(started.error().detail);
        server_ = std::move(*started);
    }

    testing::Storeless storeless_;
    SystemClock clock_;
    crypto::SystemRandom random_;
    bool is_tls_;
    std::unique_ptr<net::Server> server_;
};

}  // namespace latchkey::testing
