#include "http/message.hpp"

#include "base/text/text.hpp"

namespace latchkey::http {

std::optional<std::string_view> Request::header(std::string_view name) const noexcept {
    for (const Header& header : headers) {
        if (equal_ascii_case(header.name, name)) return header.value;
    }
    return std::nullopt;
}

std::size_t Request::header_count(std::string_view name) const noexcept {
    std::size_t count = 0;
    for (const Header& header : headers) {
        if (equal_ascii_case(header.name, name)) ++count;
    }
    return count;
}

Response json_response(int status, std::string body) {
    Response response{status, {}, std::move(body)};
    return std::move(response).with("Content-Type", "application/json; charset=utf-8");
}

Response html_response(int status, std::string body) {
    Response response{status, {}, std::move(body)};
    return std::move(response).with("Content-Type", "text/html; charset=utf-8");
}

Response text_response(int status, std::string body) {
    Response response{status, {}, std::move(body)};
    return std::move(response).with("Content-Type", "text/plain; charset=utf-8");
}

Response see_other(std::string location) {
    return Response{303, {}, std::string_view()}.with("Location", std::move(location));
}

}  // namespace latchkey::http
