#pragma once

// The seam for whoever counts, times, traces or logs requests. An observer belongs to one loop,
// which alone calls it.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "http/exchange.hpp"
#include "http/message.hpp"

namespace latchkey::http {

enum class Ending : std::uint8_t {
    answered,
    unheard,  // the answer was made, and its client was gone
    cut_off,  // the server's time to stop was over
};

/// Views live for the call.
struct RequestFinished {
    std::string_view request_id;
    std::string_view route;  // the pattern; empty: no route, or no request
    Method method;
    std::string_view method_text;  // as sent; "-" when it was not understood
    std::string_view path;         // without the query, which may hold what no log should
    std::string_view peer_address;
    int status;
    std::size_t response_bytes;
    Ending ending;
    Nanoseconds duration;    // from the request being complete to its answer
    Nanoseconds queue_time;  // of it: until the store began with it
    Nanoseconds run_time;    // of it: on the loop and with the store, each time it ran
    unsigned runs;           // of what it handed over: 0 without, 2 where a neighbour spoiled it
    unsigned statements;
    const std::optional<TraceContext>& trace;
};

class Observer {
public:
    Observer() = default;
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;
    virtual ~Observer() = default;

    /// A request is complete, or cannot become one. Each is finished once.
    virtual void request_started() = 0;
    virtual void request_finished(const RequestFinished& finished) = 0;
    /// The loop has answered what there was, and is about to wait.
    virtual void flush() {}
};
using MakeObserver = std::function<std::unique_ptr<Observer>()>;

}  // namespace latchkey::http
