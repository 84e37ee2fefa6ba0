#pragma once

// What every answer goes through, in one function with a reason per line.

#include <functional>
#include <string_view>

#include "http/cookies.hpp"
#include "http/message.hpp"

namespace latchkey::http {

/// Told of an exception that left a handler: a bug. `what` is for the log only.
using BugReport = std::function<void(std::string_view request_id, std::string_view what)>;

struct MiddlewareOptions {
    Transport transport = Transport::https;
    BugReport report_bug;
};

/// `routes` with the common behaviour around it, also around what it hands over.
[[nodiscard]] Handler with_middleware(Handler routes, MiddlewareOptions options);

/// The headers that belong on every answer, each unless the handler has set its own.
void add_common_headers(Response& response, std::string_view request_id, Transport transport);

}  // namespace latchkey::http
