#pragma once

// A response as HTTP/1.1 bytes, appended to the connection's one output buffer.

#include <string>
#include <string_view>

#include "base/time/clock.hpp"
#include "http/message.hpp"
#include "http/request_parser.hpp"

namespace latchkey::http {

/// "Sat, 21 Nov 2026 07:36:42 GMT" (RFC 9110 5.6.7), made once per second.
class DateCache {
public:
    [[nodiscard]] std::string_view at(Timestamp now);

private:
    Timestamp made_for_{Seconds(-1)};
    std::string text_;
};

/// What of a response does not depend on the handler.
struct Framework {
    Method method = Method::get;  // HEAD is answered without the body
    AfterAnswer after_answer = AfterAnswer::keep_open;
    std::string_view date{};  // empty: no Date header
};

/// Appends status line, headers, Content-Length and body. A header value is cut at its first
/// control character: no value can start a header of its own.
void append_response(std::string& out, const Response& response, const Framework& framework);

}  // namespace latchkey::http
