#include "net/server.hpp"

#include <pthread.h>

#include <csignal>
#include <mutex>
#include <thread>
#include <vector>

#include "net/listener.hpp"
#include "net/loop.hpp"

namespace latchkey::net {
namespace {

/// Signals are the main thread's; SIGPIPE, which a TLS write can raise, is nobody's.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_BLOCK, &all, &before_);
    }
    ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    sigset_t before_{};
};

unsigned thread_count(const ServerOptions& options) {
    if (options.threads > 0) return options.threads;
    return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

class Server::State {
public:
    explicit State(ServerOptions options) : shared_{.options = std::move(options), .tls = {}} {}
    ~State() { stop(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    Result<void> start() {
        if (shared_.options.tls) shared_.tls = TRY(TlsContext::load(*shared_.options.tls));
        const ListenAddress address{shared_.options.host, shared_.options.port};
        Listeners listeners = TRY(listen_on(address, thread_count(shared_.options)));
        port_ = listeners.port;
        for (Descriptor& listener : listeners.sockets) {
            loops_.push_back(TRY(Loop::make(std::move(listener), shared_)));
        }
        const SignalsBlocked blocked;
        for (const auto& loop : loops_) {
            threads_.emplace_back([&running = *loop] { running.run(); });
        }
        return {};
    }

    void stop() {
        const std::scoped_lock lock(stop_mutex_);
        for (const auto& loop : loops_) loop->request_stop();
        for (std::thread& thread : threads_) thread.join();
        threads_.clear();
    }

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

private:
    ServerShared shared_;
    std::vector<std::unique_ptr<Loop>> loops_;
    std::vector<std::thread> threads_;
    std::mutex stop_mutex_;
    std::uint16_t port_ = 0;
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(ServerOptions options) {
    auto state = std::make_unique<State>(std::move(options));
    TRY(state->start());
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

std::uint16_t Server::port() const noexcept { return state_->port(); }

void Server::stop() { state_->stop(); }

}  // namespace latchkey::net
