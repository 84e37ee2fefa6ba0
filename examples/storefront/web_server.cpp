#include "web_server.hpp"

#include <httplib.h>
#include <sys/socket.h>

#include <exception>
#include <string>
#include <utility>

namespace storefront {
namespace {

constexpr std::size_t threads = 16;
constexpr std::size_t max_body_bytes = 16U * 1024U;  // a consent token and its braces
constexpr int timeout_seconds = 5;                   // for the whole of a request to come in
constexpr int idle_seconds = 1;                      // a connection without one holds a thread

std::string text_of(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& bug) {
        return bug.what();
    } catch (...) {
        return "unknown exception";
    }
}

httplib::Headers common_headers(Transport transport) {
    httplib::Headers headers = {{"X-Content-Type-Options", "nosniff"},
                                {"Referrer-Policy", "no-referrer"},
                                {"Cross-Origin-Resource-Policy", "same-origin"}};
    // Once met over TLS, never again without it.
    if (transport == Transport::https) {
        headers.emplace("Strict-Transport-Security", "max-age=31536000");
    }
    return headers;
}

// RFC 9112 6.3: without these there is no body, but cpp-httplib would wait for one.
httplib::Server::HandlerResponse require_length(const httplib::Request& request,
                                                httplib::Response& response) {
    using enum httplib::Server::HandlerResponse;
    if (request.method != "POST" || request.has_header("Content-Length") ||
        request.has_header("Transfer-Encoding")) {
        return Unhandled;
    }
    response.status = 411;
    return Handled;
}

}  // namespace

void set_up(httplib::Server& server, Transport transport, Report report) {
    server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
    server.set_payload_max_length(max_body_bytes);
    server.set_read_timeout(timeout_seconds);
    server.set_write_timeout(timeout_seconds);
    // One request a connection: a browser that keeps one open would keep its thread.
    server.set_keep_alive_max_count(1);
    server.set_keep_alive_timeout(idle_seconds);
    server.set_tcp_nodelay(true);
    // cpp-httplib's own choice, SO_REUSEPORT, would let a second shop share the port unnoticed.
    server.set_socket_options([](socket_t socket) {
        const int yes = 1;
        ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    server.set_default_headers(common_headers(transport));
    server.set_pre_routing_handler(require_length);
    server.set_exception_handler([report = std::move(report)](const httplib::Request& request,
                                                              httplib::Response& response,
                                                              const std::exception_ptr& thrown) {
        report("bug at " + request.path + ": " + text_of(thrown));
        response.status = 500;
        response.set_content(R"({"state":"shop_error"})", "application/json");
    });
}

}  // namespace storefront
