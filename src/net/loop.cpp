#include "net/loop.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/time/clock.hpp"

namespace latchkey::net {
namespace {

constexpr int max_events = 256;
/// Time limits are enforced this often: a quarter of the shortest, within these bounds.
constexpr std::chrono::milliseconds shortest_tick{10};
constexpr std::chrono::milliseconds longest_tick{1000};

std::chrono::milliseconds tick_for(const ServerOptions& options) {
    const Limits& limits = options.limits;
    const auto shortest =
        std::min({limits.header_time, limits.body_time, limits.idle_time, limits.write_time,
                  limits.linger_time, limits.drain_time, options.chain.time_limit});
    return std::clamp(shortest / 4, shortest_tick, longest_tick);
}

std::string text_of(const sockaddr_storage& peer) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* address = nullptr;
    if (peer.ss_family == AF_INET) {
        address = &reinterpret_cast<const sockaddr_in*>(&peer)->sin_addr;
    } else {
        address = &reinterpret_cast<const sockaddr_in6*>(&peer)->sin6_addr;
    }
    const char* written = ::inet_ntop(peer.ss_family, address, text.data(), text.size());
    return written != nullptr ? written : "";
}

bool add_to_epoll(const Descriptor& epoll, int descriptor, const void* tag) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = const_cast<void*>(tag);
    return ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, descriptor, &event) == 0;
}

}  // namespace

Result<std::unique_ptr<Loop>> Loop::make(Descriptor listener, ServerShared& shared) {
    Descriptor epoll(::epoll_create1(EPOLL_CLOEXEC));
    auto inbox = TRY(Inbox::open());
    std::unique_ptr<Loop> loop(
        new Loop(std::move(listener), std::move(epoll), std::move(inbox), shared));
    // The listener and the inbox are told from connections by their tags.
    if (!loop->epoll_.is_open() ||
        !add_to_epoll(loop->epoll_, loop->listener_.get(), &loop->listener_) ||
        !add_to_epoll(loop->epoll_, loop->services_.inbox->descriptor(), &loop->services_)) {
        return fail(ErrorCode::unavailable, "No file descriptors are left");
    }
    return loop;
}

Loop::Loop(Descriptor listener, Descriptor epoll, std::shared_ptr<Inbox> inbox,
           ServerShared& shared)
    : listener_(std::move(listener)),
      epoll_(std::move(epoll)),
      shared_(shared),
      services_{.options = shared.options,
                .inbox = std::move(inbox),
                .chain = {shared.options.handler, shared.options.chain, shared.options.random},
                .date = {},
                .now = monotonic_now()},
      tick_interval_(tick_for(shared.options)),
      next_tick_(services_.now) {}

Loop::~Loop() { services_.inbox->close(); }

void Loop::run() {
    while (!is_draining_ || !connections_.empty()) {
        wait_and_dispatch();
        if (is_draining_ && services_.now >= drain_deadline_) break;
    }
    for (const auto& connection : connections_) connection->abort();
    while (!connections_.empty()) remove(*connections_.back());
    gone_.clear();
    services_.inbox->close();
}

void Loop::wait_and_dispatch() {
    // Without connections there is no time limit to mind, and the loop sleeps.
    const bool may_sleep = connections_.empty() && is_accepting_;
    const int timeout = may_sleep ? -1 : static_cast<int>(tick_interval_.count());
    std::array<epoll_event, max_events> events;
    const int count = ::epoll_wait(epoll_.get(), events.data(), max_events, timeout);
    services_.now = monotonic_now();
    bool has_mail = false;
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        if (event.data.ptr == &listener_) {
            accept_all();
        } else if (event.data.ptr == &services_) {
            has_mail = true;
        } else {
            auto& connection = *static_cast<Connection*>(event.data.ptr);
            if (connection.is_over()) continue;
            connection.had_unread = (connection.wanted_events() & EPOLLIN) == 0;
            connection.read_socket(event.events);
            ready_.push_back(&connection);
        }
    }
    serve_ready();
    if (has_mail) deliver_answers();
    if (services_.inbox->stop_requested() && !is_draining_) begin_drain();
    if (services_.now >= next_tick_) tick();
    gone_.clear();
    services_.chain.flush();
}

void Loop::serve_ready() {
    const auto is_plain = [](const Connection* one) { return !one->is_encrypted(); };
    const auto encrypted = std::ranges::partition(ready_, is_plain);
    if (encrypted.begin() != ready_.begin()) {
        // All that is answered here was here before the batch began: it sees what they may expect.
        const auto batch = shared_.options.storage.readers().begin_batch();
        std::for_each(ready_.begin(), encrypted.begin(), [this](Connection* one) { serve(*one); });
    }
    for (Connection* one : encrypted) serve(*one);
    ready_.clear();
}

void Loop::serve(Connection& connection) {
    connection.serve();
    watch(connection, connection.had_unread ? Unread::waiting : Unread::none);
}

void Loop::accept_all() {
    for (;;) {
        sockaddr_storage peer{};
        socklen_t size = sizeof peer;
        Descriptor socket(::accept4(listener_.get(), reinterpret_cast<sockaddr*>(&peer), &size,
                                    SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!socket.is_open()) {
            if (errno == ECONNABORTED || errno == EINTR) continue;
            // Out of descriptors or memory: those who wait are asked for again at the next tick.
            if (errno != EAGAIN) watch_listener(0);
            return;
        }
        accept_one(std::move(socket), text_of(peer));
    }
}

void Loop::accept_one(Descriptor socket, std::string peer_address) {
    if (shared_.connections.load() >= shared_.options.limits.max_connections) {
        if (!shared_.tls) turn_away(socket, peer_address);
        return;
    }
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    std::unique_ptr<TlsSession> tls;
    if (shared_.tls) {
        tls = shared_.tls->accept(socket.get());
        if (!tls) return;
    }
    const int descriptor = socket.get();
    auto connection = std::make_shared<Connection>(std::move(socket), std::move(tls),
                                                   std::move(peer_address), services_);
    if (!add_to_epoll(epoll_, descriptor, connection.get())) return;
    connection->watched_events = EPOLLIN;
    connection->slot = connections_.size();
    connections_.push_back(std::move(connection));
    shared_.connections.fetch_add(1);
}

/// One client over the limit: it is told without a loop's care, and what it sends is not read.
void Loop::turn_away(const Descriptor& socket, std::string_view peer_address) {
    http::Exchange exchange;
    http::Request request;
    request.method = http::Method::other;
    request.method_text = request.path = "-";
    request.peer_address = peer_address;
    services_.chain.enter(exchange, request);
    http::Response response = exchange.error_shape(503, "UNAVAILABLE", "Too many connections");
    response.with("Retry-After", "1");
    services_.chain.leave(exchange, response);
    std::string bytes;
    http::append_response(bytes, response, {.after_answer = http::AfterAnswer::close, .date = {}});
    ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    services_.chain.finish(exchange, request, {response.status, bytes.size()});
}

void Loop::watch(Connection& connection, Unread unread) {
    if (connection.is_over()) return remove(connection);
    std::uint32_t wanted = connection.wanted_events();
    if (unread == Unread::none) wanted |= connection.watched_events & EPOLLIN;
    if (wanted == connection.watched_events) return;
    epoll_event event{};
    event.events = wanted;
    event.data.ptr = &connection;
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, connection.descriptor(), &event);
    connection.watched_events = wanted;
}

void Loop::watch_listener(std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = &listener_;
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, listener_.get(), &event);
    is_accepting_ = events != 0;
}

void Loop::remove(Connection& connection) {
    // Closing its descriptor took it out of epoll; events of this batch may still name it.
    const std::size_t slot = connection.slot;
    gone_.push_back(std::move(connections_[slot]));
    if (slot + 1 != connections_.size()) {
        connections_[slot] = std::move(connections_.back());
        connections_[slot]->slot = slot;
    }
    connections_.pop_back();
    shared_.connections.fetch_sub(1);
}

void Loop::deliver_answers() {
    for (Answer& answer : services_.inbox->take()) {
        Connection& connection = *answer.connection;
        const bool has_left = connection.is_over();  // it is not among ours any more
        connection.on_answer(answer.turn, std::move(answer.response));
        if (!has_left) watch(connection);
    }
}

void Loop::tick() {
    next_tick_ = services_.now + tick_interval_;
    if (!is_accepting_ && !is_draining_) watch_listener(EPOLLIN);
    // Backwards: a removed connection's place is taken by one that has been seen.
    for (std::size_t slot = connections_.size(); slot-- > 0;) {
        Connection& connection = *connections_[slot];
        connection.on_tick();
        watch(connection);
    }
}

void Loop::begin_drain() {
    accept_all();  // the kernel has shaken hands for these already
    is_draining_ = true;
    listener_.reset();
    drain_deadline_ = services_.now + shared_.options.limits.drain_time;
    for (std::size_t slot = connections_.size(); slot-- > 0;) {
        Connection& connection = *connections_[slot];
        connection.begin_drain();
        watch(connection);
    }
}

}  // namespace latchkey::net
