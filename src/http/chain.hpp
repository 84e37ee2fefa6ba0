#pragma once

// What every request and every answer goes through, in one order, with a reason per line (see the
// top of chain.cpp). Whoever receives requests calls, for each of them:
//
//     enter     count, time, trace, deadline, request id     it is complete, or refused as it is
//     run       errors                                       around its handler
//     hand_over                                              its reply cannot be answered at once
//     leave     headers                                      on the answer, whoever made it
//     finish    time, count                                  the answer is written: once

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "http/cookies.hpp"
#include "http/exchange.hpp"
#include "http/message.hpp"
#include "http/observer.hpp"
#include "http/request_ids.hpp"
#include "http/trace_context.hpp"

namespace latchkey::http {

/// Told of an exception that left a handler: a bug. `what` is for the log only.
using BugReport = std::function<void(std::string_view request_id, std::string_view what)>;

struct ChainOptions {
    Transport transport = Transport::https;
    BugReport report_bug{};
    /// For the store to begin with what was handed over. Later it is answered 503 and never runs.
    std::chrono::milliseconds time_limit{10'000};
    std::vector<MakeObserver> observers{};  // each makes one for this chain
};

/// What was written of an answer.
struct Written {
    int status;
    std::size_t bytes;
    Ending ending = Ending::answered;
};

/// Of one loop: it has the loop's request ids and its observers, so that nothing here is locked.
class Chain {
public:
    /// `routes` outlives it. What was handed over may outlive both.
    Chain(const Handler& routes, const ChainOptions& options, Random& random);

    void enter(Exchange& exchange, Request& request);
    [[nodiscard]] Reply run(Exchange& exchange, const Request& request) const;
    [[nodiscard]] Reply handle(Exchange& exchange, Request& request) {
        enter(exchange, request);
        return run(exchange, request);
    }
    static void hand_over(Exchange& exchange);
    void leave(const Exchange& exchange, Response& response) const;
    void finish(const Exchange& exchange, const Request& request, const Written& written);

    /// The 503 for what the store has no room or no time for. It has not run.
    [[nodiscard]] static Response overloaded(const Exchange& exchange);
    /// The loop has answered what there was, and is about to wait.
    void flush();

private:
    std::shared_ptr<const ChainOptions> options_;  // shared with what was handed over
    const Handler& routes_;
    RequestIds request_ids_;
    SpanIds span_ids_;
    std::vector<std::unique_ptr<Observer>> observers_;
};

/// The headers that belong on every answer, each unless the handler has set its own.
void add_common_headers(Response& response, std::string_view request_id, Transport transport);

}  // namespace latchkey::http
