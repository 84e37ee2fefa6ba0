// The half of Connection that knows HTTP: from bytes in the buffer to an answer in the output.

#include <algorithm>
#include <exception>

#include "base/time/clock.hpp"
#include "http/error_response.hpp"
#include "net/connection.hpp"

namespace latchkey::net {
void Connection::advance() {
    while (!is_ending_ && unsent() < max_unsent) {
        if (phase_ == Phase::head && !read_head()) return;
        if (phase_ == Phase::body && !read_body()) return;
        if (phase_ != Phase::body) return;  // refused, or over
        handle_request();
        if (phase_ != Phase::head) return;
    }
}

bool Connection::read_head() {
    if (head_bytes_ == 0 && scanner_.is_fresh() && input_.view().starts_with("\r\n")) {
        // RFC 9112 2.2: at least one empty line before the request line is to be ignored.
        input_.consume(2);
    }
    if (input_.empty()) return false;
    if (scanner_.is_fresh() && has_had_request_) {
        deadline_ = services_.now + services_.options.limits.header_time;
    }
    const http::ParseLimits& limits = services_.options.limits.message;
    const auto scanned = scanner_.scan(input_.view(), limits);
    if (const auto* error = std::get_if<http::ParseError>(&scanned)) {
        refuse(*error);
        return false;
    }
    if (!std::holds_alternative<std::size_t>(scanned)) return false;
    head_bytes_ = std::get<std::size_t>(scanned);
    if (const auto error = http::parse_head(input_.view().substr(0, head_bytes_), limits, head_)) {
        refuse(*error);
        return false;
    }
    phase_ = Phase::body;
    body_bytes_ = 0;
    if (head_.framing != http::BodyFraming::none) expect_body();
    return true;
}

void Connection::expect_body() {
    deadline_ = services_.now + services_.options.limits.body_time;
    chunks_.reset();
    // RFC 9110 10.1.1: no interim answer when the body is already on its way.
    if (head_.expects_continue && input_.size() == head_bytes_) {
        output_.append("HTTP/1.1 100 Continue\r\n\r\n");
        write_deadline_ = services_.now + services_.options.limits.write_time;
    }
}

/// True when the whole body is in the buffer, contiguous behind the head.
bool Connection::read_body() {
    switch (head_.framing) {
        case http::BodyFraming::none: return true;
        case http::BodyFraming::content_length:
            if (input_.size() - head_bytes_ < head_.content_length) return false;
            body_bytes_ = head_.content_length;
            break;
        case http::BodyFraming::chunked:
            if (!read_chunks()) return false;
            break;
    }
    return renew_head();
}

bool Connection::read_chunks() {
    const std::size_t decoded_before = chunks_.body_bytes();
    const std::size_t raw_at = head_bytes_ + decoded_before;
    const auto result = chunks_.decode(input_.view().substr(raw_at), input_.data() + raw_at,
                                       services_.options.limits.message);
    if (const auto* error = std::get_if<http::ParseError>(&result)) {
        refuse(*error);
        return false;
    }
    const auto progress = std::get<http::ChunkedDecoder::Progress>(result);
    const std::size_t decoded_now = chunks_.body_bytes() - decoded_before;
    input_.erase(raw_at + decoded_now, progress.consumed - decoded_now);
    body_bytes_ = chunks_.body_bytes();
    return progress.complete;
}

/// The buffer may have moved while the body came: the head's views are made anew.
bool Connection::renew_head() {
    const auto error = http::parse_head(input_.view().substr(0, head_bytes_),
                                        services_.options.limits.message, head_);
    if (error) refuse(*error);
    return !error;
}

void Connection::start_request() {
    request_ = http::Request();
    request_.method = head_.method;
    request_.method_text = head_.method_text;
    request_.target = head_.target;
    const std::size_t question = head_.target.find('?');
    request_.path = head_.target.substr(0, question);
    if (question != std::string_view::npos) request_.query = head_.target.substr(question + 1);
    request_.headers = head_.headers;
    request_.body = input_.view().substr(head_bytes_, body_bytes_);
    request_.peer_address = peer_address_;
    has_had_request_ = true;
}

void Connection::handle_request() {
    start_request();
    dispatch(services_.chain.handle(exchange_, request_));
}

void Connection::dispatch(http::Reply reply) {
    if (auto* response = std::get_if<http::Response>(&reply)) return answer(std::move(*response));
    if (auto* work = std::get_if<http::Read>(&reply)) return read(std::move(*work));
    write(std::get<http::Write>(std::move(reply)));
}

void Connection::read(http::Read work) {
    Storage& storage = services_.options.storage;
    auto read_now = storage.readers().run(work, [&] {
        return [ticket = wait_for_answer(), &storage,
                shape = exchange_.error_shape](Result<http::ReadEnd> end) mutable {
            database::AnswerBatch alone;
            if (!end) return ticket(storage.refuse_read(end.error(), shape), alone);
            if (auto* response = std::get_if<http::Response>(&*end)) {
                return ticket(std::move(*response), alone);
            }
            storage.write(std::get<http::Write>(*std::move(end)), shape, std::move(ticket));
        };
    });
    if (!read_now) return;
    auto& end = *read_now;
    if (!end) return answer(storage.refuse_read(end.error(), exchange_.error_shape));
    if (auto* response = std::get_if<http::Response>(&*end)) return answer(std::move(*response));
    write(std::get<http::Write>(*std::move(end)));
}

void Connection::write(http::Write work) {
    services_.options.storage.write(std::move(work), exchange_.error_shape, wait_for_answer());
}

/// Until the ticket is used, or dropped, or its time is over, this connection does nothing else.
AnswerTicket Connection::wait_for_answer() {
    phase_ = Phase::answering;
    http::Chain::hand_over(exchange_);
    return {services_.inbox, shared_from_this(), exchange_.turn.number()};
}

void Connection::answer(http::Response response) {
    if (is_draining_) head_.after_answer = http::AfterAnswer::close;
    write_response(std::move(response));
    next_request();
    if (head_.after_answer == http::AfterAnswer::close) is_ending_ = true;
}

/// What came is no request, or none that we take: it goes through the chain as it is.
void Connection::refuse(const http::ParseError& error) {
    request_ = http::Request();
    request_.method = http::Method::other;
    request_.method_text = request_.path = "-";
    request_.peer_address = peer_address_;
    head_ = http::RequestHead();
    head_.after_answer = http::AfterAnswer::close;
    services_.chain.enter(exchange_, request_);
    write_response(exchange_.error_shape(error.status, error.code, error.message));
    is_ending_ = true;
}

void Connection::write_response(http::Response response) {
    services_.chain.leave(exchange_, response);
    const std::size_t before = output_.size();
    if (unsent() == 0) write_deadline_ = services_.now + services_.options.limits.write_time;
    http::append_response(output_, response,
                          {.method = request_.method,
                           .after_answer = head_.after_answer,
                           .date = services_.date.at(services_.options.clock.now())});
    finish({response.status, output_.size() - before});
}

void Connection::finish(const http::Written& written) {
    services_.chain.finish(exchange_, request_, written);
    exchange_.handed_over.reset();
}

void Connection::next_request() {
    input_.consume(head_bytes_ + body_bytes_);
    head_bytes_ = body_bytes_ = 0;
    scanner_.reset();
    phase_ = Phase::head;
    deadline_ = services_.now + services_.options.limits.idle_time;
}

}  // namespace latchkey::net
