#pragma once

// One thread's event loop (epoll, level-triggered): its listening socket, its connections, its
// inbox and the passing of time.

#include <atomic>
#include <memory>
#include <vector>

#include "base/result.hpp"
#include "net/connection.hpp"
#include "net/descriptor.hpp"
#include "net/inbox.hpp"

namespace latchkey::net {

/// What all loops of a server share.
struct ServerShared {
    ServerOptions options;
    std::unique_ptr<TlsContext> tls;  // null: plain
    std::atomic<std::size_t> connections{0};
};

class Loop {
public:
    /// Errors: unavailable (no descriptors left).
    [[nodiscard]] static Result<std::unique_ptr<Loop>> make(Descriptor listener,
                                                            ServerShared& shared);
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;
    ~Loop();

    /// Serves until it was asked to stop and has drained. The body of a thread.
    void run();
    /// Any thread.
    void request_stop() noexcept { services_.inbox->post_stop(); }

private:
    Loop(Descriptor listener, Descriptor epoll, std::shared_ptr<Inbox> inbox, ServerShared& shared);

    void wait_and_dispatch();
    void serve_ready();
    void serve(Connection& connection);
    void accept_all();
    void accept_one(Descriptor socket, std::string peer_address);
    void turn_away(const Descriptor& socket, std::string_view peer_address);
    /// Tells epoll what the connection waits for. Not wanting to read is told only when bytes have
    /// come that nobody took: most answers are there before the next request is.
    enum class Unread : std::uint8_t { none, waiting };
    void watch(Connection& connection, Unread unread = Unread::none);
    void watch_listener(std::uint32_t events);
    void deliver_answers();
    void tick();
    void begin_drain();
    void remove(Connection& connection);

    Descriptor listener_;
    Descriptor epoll_;
    ServerShared& shared_;
    LoopServices services_;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::vector<std::shared_ptr<Connection>> gone_;  // until the batch of events is over
    std::vector<Connection*> ready_;                 // of the batch
    std::chrono::milliseconds tick_interval_;
    TimePoint next_tick_;
    TimePoint drain_deadline_;
    bool is_draining_ = false;
    bool is_accepting_ = true;
};

}  // namespace latchkey::net
