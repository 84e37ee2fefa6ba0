#pragma once

// What is the same for every answer of the shop: limits, headers, and what an unexpected exception
// looks like from outside. The HTTP server is cpp-httplib: a thread for each request under way, as
// the client's calls block.

#include <functional>
#include <string_view>

namespace httplib {
class Server;
}

namespace storefront {

/// Plain HTTP is for loopback only: cookies need TLS everywhere else.
enum class Transport { loopback_http, https };

/// Takes a line for the shop's log. Called from any thread.
using Report = std::function<void(std::string_view line)>;

/// Call it before routes are mounted. The server asks `report` as long as it lives.
void set_up(httplib::Server& server, Transport transport, Report report);

}  // namespace storefront
