#include "http/middleware.hpp"

#include <exception>
#include <memory>
#include <utility>

#include "base/text.hpp"
#include "http/error_response.hpp"

namespace latchkey::http {
namespace {

void add_default(Response& response, std::string_view name, std::string_view value) {
    for (const auto& [present, unused] : response.headers) {
        if (equal_ascii_case(present, name)) return;
    }
    response.headers.emplace_back(name, value);
}

/// Runs `work`; an exception out of it is a bug: told to the log, and to the client only that.
template <class Work>
auto answer_exceptions(const BugReport& report, std::string_view request_id, Work&& work)
    -> decltype(work()) {
    std::string what;
    try {
        return work();
    } catch (const std::exception& bug) {
        what = bug.what();
    } catch (...) {
        what = "unknown exception";
    }
    if (report) report(request_id, what);
    return error_response(500, "INTERNAL", "Something went wrong on our side");
}

/// What touches the store runs elsewhere or later, with the same around it.
template <class Work>
struct Later {
    Work work;
    std::shared_ptr<const MiddlewareOptions> options;
    std::string_view request_id;

    template <class Store>
    Response operator()(Store& store) const {
        Response response = answer_exceptions(options->report_bug, request_id,
                                              [&]() -> Response { return work(store); });
        add_common_headers(response, request_id, options->transport);
        return response;
    }
};

}  // namespace

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

Handler with_middleware(Handler routes, MiddlewareOptions given) {
    // Shared with what is handed over, which may outlive the handler while a server stops.
    auto shared = std::make_shared<const MiddlewareOptions>(std::move(given));
    return [routes = std::move(routes), shared](const Request& request) -> Reply {
        const MiddlewareOptions& options = *shared;
        // Exceptions first: whatever is thrown below still gets the headers above it.
        Reply reply = answer_exceptions(options.report_bug, request.request_id,
                                        [&]() -> Reply { return routes(request); });
        if (auto* response = std::get_if<Response>(&reply)) {
            add_common_headers(*response, request.request_id, options.transport);
            return reply;
        }
        if (auto* read = std::get_if<Read>(&reply)) {
            return Read(Later{std::move(*read), shared, request.request_id});
        }
        return Write(Later{std::get<Write>(std::move(reply)), shared, request.request_id});
    };
}

}  // namespace latchkey::http
