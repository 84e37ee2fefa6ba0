#include "net/connection.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <exception>

#include "base/time/clock.hpp"
#include "http/error_response.hpp"

namespace latchkey::net {

Connection::Connection(Descriptor socket, std::unique_ptr<TlsSession> tls, std::string peer_address,
                       LoopServices& services)
    : socket_(std::move(socket)),
      tls_(std::move(tls)),
      peer_address_(std::move(peer_address)),
      services_(services),
      deadline_(services.now + services.options.limits.header_time) {}

std::uint32_t Connection::wanted_events() const noexcept {
    std::uint32_t events = may_read() ? EPOLLIN : 0U;
    if (unsent() > 0 || (tls_ && tls_->wants_write())) events |= EPOLLOUT;
    return events;
}

bool Connection::may_read() const noexcept {
    if (peer_is_done_) return false;
    if (phase_ == Phase::lingering) return true;
    return (phase_ == Phase::head || phase_ == Phase::body) && !is_ending_ && unsent() < max_unsent;
}

void Connection::read_socket(std::uint32_t epoll_events) {
    if ((epoll_events & (EPOLLERR | EPOLLHUP)) != 0) return close();
    if (!tls_ && (epoll_events & EPOLLIN) != 0 && may_read()) static_cast<void>(receive());
}

void Connection::pump(Read read) {
    // TLS holds bytes that epoll does not know of, so a TLS connection always tries to read.
    bool try_read = tls_ != nullptr || read == Read::first;
    while (phase_ != Phase::over) {
        const bool received = try_read && may_read() && receive() == IoStatus::done;
        if (phase_ == Phase::over) return;
        advance();
        const bool was_full = unsent() >= max_unsent;
        flush();
        // Again, if this round made room for what waits in the buffer or in the TLS session.
        try_read = tls_ != nullptr;
        const bool has_room_again = was_full && unsent() < max_unsent;
        if (!has_room_again && !(received && tls_)) break;
    }
    if (is_ending_ || (peer_is_done_ && phase_ != Phase::answering)) end_after_flush();
}

IoStatus Connection::receive() {
    const std::span<char> room = input_.prepare();
    IoResult result{IoStatus::failed};
    if (tls_) {
        result = tls_->read(room);
    } else {
        const ssize_t count = ::recv(socket_.get(), room.data(), room.size(), 0);
        if (count > 0) {
            result = {IoStatus::done, static_cast<std::size_t>(count)};
        } else if (count == 0) {
            result = {IoStatus::ended};
        } else if (errno == EAGAIN || errno == EINTR) {
            result = {IoStatus::would_block};
        }
    }
    switch (result.status) {
        case IoStatus::done:
            if (phase_ == Phase::lingering) break;  // read only to be thrown away
            input_.commit(result.bytes);
            break;
        case IoStatus::would_block: break;
        case IoStatus::ended: peer_is_done_ = true; break;
        case IoStatus::failed: close(); break;
    }
    return result.status;
}

void Connection::flush() {
    while (unsent() > 0 && phase_ != Phase::over) {
        const std::string_view rest = std::string_view(output_).substr(sent_);
        IoResult result{IoStatus::failed};
        if (tls_) {
            result = tls_->write(rest);
        } else {
            const ssize_t count = ::send(socket_.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
            if (count >= 0) {
                result = {IoStatus::done, static_cast<std::size_t>(count)};
            } else if (errno == EAGAIN || errno == EINTR) {
                result = {IoStatus::would_block};
            }
        }
        if (result.status == IoStatus::would_block) return;
        if (result.status != IoStatus::done) return close();
        sent_ += result.bytes;
        write_deadline_ = services_.now + services_.options.limits.write_time;
    }
    if (sent_ > 0 && unsent() == 0) {
        sent_ = 0;
        output_.clear();
        if (output_.capacity() > max_unsent) output_.shrink_to_fit();
    }
}

void Connection::end_after_flush() {
    if (phase_ == Phase::over || unsent() > 0) return;
    if (peer_is_done_) return close();
    if (phase_ == Phase::lingering) return;
    // Closing at once, with bytes of the peer unread, would reset the connection and could take
    // our answer with it (RFC 9112 9.6): say that we are done and wait for the peer's end.
    if (tls_) tls_->end_writing();
    ::shutdown(socket_.get(), SHUT_WR);
    input_.consume(input_.size());
    phase_ = Phase::lingering;
    deadline_ = services_.now + services_.options.limits.linger_time;
}

void Connection::close() noexcept {
    // What the store still works on may view input_: it stays until the ticket lets go.
    phase_ = Phase::over;
    tls_.reset();
    socket_.reset();
}

void Connection::on_tick() {
    if (phase_ == Phase::over) return;
    if (unsent() > 0 && services_.now >= write_deadline_) return close();
    if (phase_ == Phase::answering) return give_up_waiting();
    if (services_.now < deadline_) return;
    const bool in_request = phase_ == Phase::body || (phase_ == Phase::head && !input_.empty());
    if (!in_request || is_ending_) return close();
    refuse({408, "REQUEST_TIMEOUT", "The request did not come in time"});
    pump(Read::by_tls);
}

void Connection::on_answer(http::Turn::Number turn, std::optional<http::Response> response) {
    const bool is_awaited = exchange_.handed_over && turn == exchange_.turn.number();
    if (!is_awaited) return;  // it was answered without
    if (phase_ == Phase::over) {
        return finish({response ? response->status : 503, 0, http::Ending::unheard});
    }
    answer(response ? std::move(*response) : http::Chain::overloaded(exchange_));
    pump(Read::by_tls);
}

/// What has not begun in time never will. What has is waited for.
void Connection::give_up_waiting() {
    if (services_.now < exchange_.deadline || !exchange_.turn.take_back()) return;
    exchange_.queue_time = services_.now - *exchange_.handed_over;
    answer(http::Chain::overloaded(exchange_));
    pump(Read::by_tls);
}

void Connection::abort() {
    // Whoever runs it may be in the middle: nothing of it is touched.
    if (phase_ == Phase::answering) {
        services_.chain.finish(exchange_, request_, {503, 0, http::Ending::cut_off});
    }
    close();
}

void Connection::begin_drain() {
    is_draining_ = true;
    // A request that is already here was sent before we said anything: it is answered.
    pump(Read::first);
    if (phase_ != Phase::head || !input_.empty() || is_ending_) return;
    if (unsent() > 0) {
        is_ending_ = true;
        return;
    }
    if (tls_) tls_->end_writing();
    close();
}

}  // namespace latchkey::net
