// What is read out of a request's fields: forms, cookies, credentials. The input's first line is
// the Authorization header, its second the Cookie header, the rest a form.

#include <cstdint>
#include <string_view>
#include <vector>

#include "http/authorization.hpp"
#include "http/cookies.hpp"
#include "http/form.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace http = latchkey::http;
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    const auto take_line = [&rest] {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return line;
    };
    const std::string_view authorization = take_line();
    const std::string_view cookie = take_line();
    const std::vector<http::Header> headers{{"Authorization", authorization}, {"Cookie", cookie}};
    http::Request request;
    request.headers = headers;
    request.query = rest;
    static_cast<void>(http::parse_basic(request));
    static_cast<void>(http::parse_bearer(request));
    static_cast<void>(http::find_cookie(request, "s", http::Transport::https));
    static_cast<void>(http::parse_query(request));
    return 0;
}
