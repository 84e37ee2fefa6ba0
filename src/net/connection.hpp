#pragma once

// One client's connection: bytes in, requests to the handler one after the other, answers out in
// the same order. It lives on one loop and is never touched by another thread.

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/chain.hpp"
#include "http/message.hpp"
#include "http/request_parser.hpp"
#include "http/response_writer.hpp"
#include "net/descriptor.hpp"
#include "net/inbox.hpp"
#include "net/read_buffer.hpp"
#include "net/server.hpp"
#include "net/tls.hpp"

namespace latchkey::net {

using TimePoint = http::TimePoint;

/// What a loop's connections share.
struct LoopServices {
    const ServerOptions& options;
    std::shared_ptr<Inbox> inbox;
    http::Chain chain;
    http::DateCache date;
    TimePoint now;  // of the current wake-up; durations are measured apart
};

class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Descriptor socket, std::unique_ptr<TlsSession> tls, std::string peer_address,
               LoopServices& services);

    /// The socket is ready for `epoll_events`: takes what the peer has sent. Over TLS that is left
    /// to serve().
    void read_socket(std::uint32_t epoll_events);
    /// Answers the requests that are here.
    void serve() { pump(Read::by_tls); }
    /// It may have bytes that epoll does not know of, and reads them as it serves.
    [[nodiscard]] bool is_encrypted() const noexcept { return tls_ != nullptr; }
    /// Time has passed: enforces the limits of it.
    void on_tick();
    /// The store is done with what this connection handed over in `turn`, or has dropped it. Also
    /// called when it is over, and when it was answered in the meantime.
    void on_answer(http::Turn::Number turn, std::optional<http::Response> response);
    /// The server stops: what is being asked is answered, then it ends.
    void begin_drain();
    /// Ends now, whatever is going on.
    void abort();

    /// Nothing more will happen here; an answer may still be on its way to nobody.
    [[nodiscard]] bool is_over() const noexcept { return phase_ == Phase::over; }
    /// The epoll events it waits for now.
    [[nodiscard]] std::uint32_t wanted_events() const noexcept;
    [[nodiscard]] int descriptor() const noexcept { return socket_.get(); }

    std::size_t slot = 0;              // where its loop keeps it
    std::uint32_t watched_events = 0;  // what its loop has told epoll
    bool had_unread = false;           // it was not reading when epoll last named it

private:
    enum class Phase : std::uint8_t {
        head,       // between requests, or in the middle of a head
        body,       // the head is there, its body is not
        answering,  // the store has the request; nothing is received meanwhile
        lingering,  // our side is shut; waits for the peer to read what we said
        over,
    };
    /// Answers that may wait unsent before the next pipelined request is looked at.
    static constexpr std::size_t max_unsent = 256U * 1024U;

    enum class Read : std::uint8_t { by_tls, first };
    void pump(Read read);
    [[nodiscard]] bool may_read() const noexcept;
    [[nodiscard]] IoStatus receive();
    void advance();
    [[nodiscard]] bool read_head();
    [[nodiscard]] bool read_body();
    [[nodiscard]] bool read_chunks();
    void expect_body();
    [[nodiscard]] bool renew_head();
    void start_request();
    void handle_request();
    void dispatch(http::Reply reply);
    void read(http::Read work);
    void write(http::Write work);
    [[nodiscard]] AnswerTicket wait_for_answer();
    void answer(http::Response response);
    void refuse(const http::ParseError& error);
    void write_response(http::Response response);
    void finish(const http::Written& written);
    void give_up_waiting();
    void next_request();
    void flush();
    void end_after_flush();
    void close() noexcept;
    [[nodiscard]] std::size_t unsent() const noexcept { return output_.size() - sent_; }

    Descriptor socket_;
    std::unique_ptr<TlsSession> tls_;  // null: a plain connection, which pays one branch for it
    std::string peer_address_;
    LoopServices& services_;

    Phase phase_ = Phase::head;
    TimePoint deadline_;        // of the phase
    TimePoint write_deadline_;  // of the output, while some is unsent
    bool is_draining_ = false;
    bool is_ending_ = false;     // the last answer is in output_
    bool peer_is_done_ = false;  // it sent its end of stream
    bool has_had_request_ = false;

    ReadBuffer input_;
    http::HeadScanner scanner_;
    http::RequestHead head_;
    http::ChunkedDecoder chunks_;
    std::size_t head_bytes_ = 0;  // of the current request; 0 while its head is incomplete
    std::size_t body_bytes_ = 0;
    http::Request request_;
    http::Exchange exchange_;

    std::string output_;
    std::size_t sent_ = 0;
};

}  // namespace latchkey::net
