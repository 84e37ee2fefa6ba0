#include "http/chain.hpp"

#include <exception>
#include <utility>

#include "base/text/text.hpp"
#include "base/time/clock.hpp"
#include "http/characters.hpp"

namespace latchkey::http {
namespace {

/// What the client says of its request for us to carry on.
struct Carried {
    std::string_view request_id;
    std::string_view traceparent;
    unsigned traceparents = 0;
};

Carried find_carried(const Request& request) noexcept {
    constexpr std::string_view traceparent = "traceparent";
    constexpr std::string_view request_id = "X-Request-Id";
    Carried found;
    for (const Header& header : request.headers) {
        // Nearly every header is told apart by its length.
        if (header.name.size() == traceparent.size()) {
            if (!equal_ascii_case(header.name, traceparent)) continue;
            found.traceparent = header.value;
            ++found.traceparents;
        } else if (header.name.size() == request_id.size() && found.request_id.empty()) {
            if (equal_ascii_case(header.name, request_id)) found.request_id = header.value;
        }
    }
    return found;
}

void name_request(Exchange& exchange, std::string_view given, RequestIds& ids) {
    constexpr std::size_t max_bytes = 64;
    if (!given.empty() && given.size() <= max_bytes && is_token(given)) {
        exchange.request_id.assign(given);
    } else {
        ids.write_next(exchange.request_id);
    }
}

void follow_trace(Exchange& exchange, const Carried& carried, SpanIds& ids) {
    exchange.trace.reset();
    // Of two, nobody knows which is meant.
    if (carried.traceparents != 1) return;
    exchange.trace = parse_traceparent(carried.traceparent);
    if (exchange.trace) exchange.trace->span_id = ids.next();
}

/// Runs `work`; an exception out of it is a bug: told to the log, and to the client only that.
template <class Work>
auto answer_exceptions(const ChainOptions& options, const Exchange& exchange, Work&& work)
    -> decltype(work()) {
    std::string what;
    try {
        return work();
    } catch (const std::exception& bug) {
        what = bug.what();
    } catch (...) {
        what = "unknown exception";
    }
    if (options.report_bug) options.report_bug(exchange.request_id, what);
    return exchange.error_shape(500, "INTERNAL", "Something went wrong on our side");
}

/// What touches the store runs elsewhere or later, and perhaps twice, with the same around it.
template <class Work>
struct Later {
    Work work;
    std::shared_ptr<const ChainOptions> options;
    Exchange* exchange;
    Turn::Number turn;

    template <class Store>
    auto operator()(Store& store) const -> std::invoke_result_t<const Work&, Store&> {
        // Taken back: its answer has left, and this one goes to nobody.
        if (!exchange->turn.claim(turn)) return Response();
        if (!exchange->handed_over) return run(store);
        const TimePoint begun = monotonic_now();
        if (exchange->runs == 0) exchange->queue_time = begun - *exchange->handed_over;
        if (begun >= exchange->deadline) return Chain::overloaded(*exchange);
        auto end = run(store);
        exchange->run_time += monotonic_now() - begun;
        return end;
    }

    template <class Store>
    auto run(Store& store) const {
        using End = std::invoke_result_t<const Work&, Store&>;
        ++exchange->runs;
        const Running here(*exchange);
        End end = answer_exceptions(*options, *exchange, [&]() -> End { return work(store); });
        if constexpr (std::is_same_v<End, ReadEnd>) {
            if (auto* write = std::get_if<Write>(&end)) {
                *write = Later<Write>{std::move(*write), options, exchange, turn};
                exchange->turn.wait_again(turn);
            }
        }
        return end;
    }
};

void add_default(Response& response, std::string_view name, std::string_view value) {
    for (const auto& [present, unused] : response.headers) {
        if (equal_ascii_case(present, name)) return;
    }
    response.headers.emplace_back(name, value);
}

}  // namespace

// The order, on the way in. On the way out it is the same backwards: leave(), then finish().
void Chain::enter(Exchange& exchange, Request& request) {
    // Count: first, since whatever is refused or fails below was asked all the same.
    for (const auto& observer : observers_) observer->request_started();
    // Time: all that follows is part of how long the client waits.
    exchange.started = monotonic_now();
    // Trace: before anything of ours could be worth a span of it.
    const Carried carried = find_carried(request);
    follow_trace(exchange, carried, span_ids_);
    // Deadline: counted from the start, whatever the layers below take.
    exchange.deadline = exchange.started + options_->time_limit;
    // Request id: before errors, which are logged under it.
    name_request(exchange, carried.request_id, request_ids_);
    request.request_id = exchange.request_id;
    // What the layers, the router and the runner fill in.
    request.exchange = &exchange;
    exchange.route = {};
    exchange.error_shape = error_response;
    exchange.transport = options_->transport;
    exchange.handed_over.reset();
    exchange.turn.begin();
    exchange.queue_time = exchange.run_time = {};
    exchange.runs = exchange.statements = 0;
}

Reply Chain::run(Exchange& exchange, const Request& request) const {
    const Running here(exchange);
    // Errors: inside all of the above, so that a bug's answer is counted, timed and named.
    Reply reply =
        answer_exceptions(*options_, exchange, [&]() -> Reply { return routes_(request); });
    if (auto* read = std::get_if<Read>(&reply)) {
        return Read(Later{std::move(*read), options_, &exchange, exchange.turn.number()});
    }
    if (auto* write = std::get_if<Write>(&reply)) {
        return Write(Later{std::move(*write), options_, &exchange, exchange.turn.number()});
    }
    return reply;
}

void Chain::hand_over(Exchange& exchange) { exchange.handed_over = monotonic_now(); }

void Chain::leave(const Exchange& exchange, Response& response) const {
    // Headers: innermost on the way out, so that every answer has them, an error's too.
    add_common_headers(response, exchange.request_id, exchange.transport);
}

void Chain::finish(const Exchange& exchange, const Request& request, const Written& written) {
    const Nanoseconds duration = monotonic_now() - exchange.started;
    const bool is_known = written.ending != Ending::cut_off;  // what still runs is the runner's
    const Nanoseconds on_loop =
        exchange.handed_over ? *exchange.handed_over - exchange.started : duration;
    const RequestFinished finished{.request_id = exchange.request_id,
                                   .route = exchange.route,
                                   .method = request.method,
                                   .method_text = request.method_text,
                                   .path = request.path,
                                   .peer_address = request.peer_address,
                                   .status = written.status,
                                   .response_bytes = written.bytes,
                                   .ending = written.ending,
                                   .duration = duration,
                                   .queue_time = is_known ? exchange.queue_time : Nanoseconds(0),
                                   .run_time = is_known ? on_loop + exchange.run_time : on_loop,
                                   .runs = is_known ? exchange.runs : 0,
                                   .statements = is_known ? exchange.statements : 0,
                                   .trace = exchange.trace};
    for (const auto& observer : observers_) observer->request_finished(finished);
}

Response Chain::overloaded(const Exchange& exchange) {
    return exchange.error_shape(503, "UNAVAILABLE", "Try again shortly").with("Retry-After", "1");
}

void Chain::flush() {
    for (const auto& observer : observers_) observer->flush();
}

Chain::Chain(const Handler& routes, const ChainOptions& options, Random& random)
    : options_(std::make_shared<const ChainOptions>(options)),
      routes_(routes),
      request_ids_(random),
      span_ids_(random) {
    for (const MakeObserver& make : options.observers) observers_.push_back(make());
}

void add_common_headers(Response& response, std::string_view request_id, Transport transport) {
    // Whoever reports a problem can name the log line.
    add_default(response, "X-Request-Id", request_id);
    // What we say something is, it is: an avatar or an error never becomes a script.
    add_default(response, "X-Content-Type-Options", "nosniff");
    // URLs of ours may carry a code; no other site learns them (RFC 9700 4.2).
    add_default(response, "Referrer-Policy", "no-referrer");
    // Other sites cannot pull our answers into their process; the SDK's files say otherwise.
    add_default(response, "Cross-Origin-Resource-Policy", "same-origin");
    // Once met over TLS, never again without it.
    if (transport == Transport::https) {
        add_default(response, "Strict-Transport-Security", "max-age=31536000");
    }
}

}  // namespace latchkey::http
