#pragma once

// The HTTP server: the one place that knows sockets. One event loop and one listening socket per
// thread (SO_REUSEPORT); a connection stays on the loop that accepted it. A handler runs on that
// loop; what it hands over to the store is answered when the readers or the write lane are done.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "database/answer_batch.hpp"
#include "database/readers.hpp"
#include "http/chain.hpp"
#include "http/message.hpp"
#include "http/request_parser.hpp"

namespace latchkey::net {

using Milliseconds = std::chrono::milliseconds;

/// What one connection may take, and for how long. Passing a limit is answered (408, 413, 414,
/// 431, 503) and ends the connection.
struct Limits {
    http::ParseLimits message;
    Milliseconds header_time{10'000};  // from the first byte of a request to its blank line
    Milliseconds body_time{30'000};    // from the blank line to the last byte of the body
    Milliseconds idle_time{75'000};    // between two requests
    Milliseconds write_time{30'000};   // without the peer taking a byte of the answer
    Milliseconds linger_time{2'000};   // for the peer to read a refusal before the reset
    Milliseconds drain_time{10'000};   // for stop(): answers that are still being made
    std::size_t max_connections = 10'000;
};

/// PEM files. The certificate file holds the leaf first, then the chain.
struct TlsFiles {
    std::string certificate_path;
    std::string key_path;
};

/// Takes the response of one request, once, on any thread; its loop is woken when `answers` goes.
/// Destroyed without a call, it is answered 503 with Retry-After.
using Done = std::move_only_function<void(http::Response, database::AnswerBatch& answers)>;

/// The store, as the server sees it. Shared by the loops.
class Storage {
public:
    Storage() = default;
    Storage(const Storage&) = delete;
    Storage& operator=(const Storage&) = delete;
    virtual ~Storage() = default;

    /// Runs the reads. A loop begins a batch before it answers what one waking brought: every
    /// request of it was there, whole or not at all, before that. Requests over TLS come in none.
    [[nodiscard]] virtual database::Readers& readers() = 0;
    /// Takes work to the write lane and calls `done` when its response may leave, or with what the
    /// store's failure is in `shape`.
    virtual void write(http::Write work, http::ErrorShape shape, Done done) = 0;
    /// What to answer a read that the store had no transaction for.
    [[nodiscard]] virtual http::Response refuse_read(const Error& error,
                                                     http::ErrorShape shape) = 0;
};

struct ServerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any free one
    unsigned threads = 0;    // 0: one per core
    std::optional<TlsFiles> tls;
    Limits limits;
    http::Handler handler;
    Storage& storage;
    http::ChainOptions chain;  // around the handler; each loop has its own
    const Clock& clock;
    Random& random;
};

class Server {
public:
    /// Listens and serves. Errors: address_in_use, no_permission (a low port, an unreadable key),
    /// invalid_argument (host, certificate or key), unavailable (the system's limits).
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(ServerOptions options);

    /// Stops, see stop().
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// The port it listens on.
    [[nodiscard]] std::uint16_t port() const noexcept;

    /// Ends gracefully: accepts nothing more, closes idle connections, lets requests in flight be
    /// answered (those that the store has, too), each with Connection: close. Returns when all is
    /// done, or when limits.drain_time is over. Safe to call twice, from any thread but a
    /// handler's.
    void stop();

private:
    class State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace latchkey::net
