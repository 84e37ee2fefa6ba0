#include "http/response_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text/words.hpp"

namespace latchkey::http {
namespace {

std::string_view status_line(int status) noexcept {
    switch (status) {
        case 200: return "HTTP/1.1 200 OK\r\n";
        case 201: return "HTTP/1.1 201 Created\r\n";
        case 202: return "HTTP/1.1 202 Accepted\r\n";
        case 204: return "HTTP/1.1 204 No Content\r\n";
        case 302: return "HTTP/1.1 302 Found\r\n";
        case 303: return "HTTP/1.1 303 See Other\r\n";
        case 304: return "HTTP/1.1 304 Not Modified\r\n";
        case 400: return "HTTP/1.1 400 Bad Request\r\n";
        case 401: return "HTTP/1.1 401 Unauthorized\r\n";
        case 403: return "HTTP/1.1 403 Forbidden\r\n";
        case 404: return "HTTP/1.1 404 Not Found\r\n";
        case 405: return "HTTP/1.1 405 Method Not Allowed\r\n";
        case 406: return "HTTP/1.1 406 Not Acceptable\r\n";
        case 408: return "HTTP/1.1 408 Request Timeout\r\n";
        case 409: return "HTTP/1.1 409 Conflict\r\n";
        case 410: return "HTTP/1.1 410 Gone\r\n";
        case 413: return "HTTP/1.1 413 Content Too Large\r\n";
        case 414: return "HTTP/1.1 414 URI Too Long\r\n";
        case 415: return "HTTP/1.1 415 Unsupported Media Type\r\n";
        case 417: return "HTTP/1.1 417 Expectation Failed\r\n";
        case 421: return "HTTP/1.1 421 Misdirected Request\r\n";
        case 422: return "HTTP/1.1 422 Unprocessable Content\r\n";
        case 429: return "HTTP/1.1 429 Too Many Requests\r\n";
        case 431: return "HTTP/1.1 431 Request Header Fields Too Large\r\n";
        case 500: return "HTTP/1.1 500 Internal Server Error\r\n";
        case 501: return "HTTP/1.1 501 Not Implemented\r\n";
        case 503: return "HTTP/1.1 503 Service Unavailable\r\n";
        case 505: return "HTTP/1.1 505 HTTP Version Not Supported\r\n";
        case 507: return "HTTP/1.1 507 Insufficient Storage\r\n";
        default: return {};
    }
}

/// A number as text.
class Digits {
public:
    explicit Digits(std::size_t value) noexcept
        : size_(static_cast<std::size_t>(std::to_chars(digits_.begin(), digits_.end(), value).ptr -
                                         digits_.begin())) {}
    [[nodiscard]] std::string_view text() const noexcept { return {digits_.data(), size_}; }

private:
    std::array<char, 20> digits_;
    std::size_t size_;
};

void append_header(std::string& out, std::string_view name, std::string_view value) {
    const std::size_t start = out.size();
    const std::size_t end = start + name.size() + value.size() + 4;
    // At once: each append of its own would look again whether there is room.
    out.resize_and_overwrite(end, [&](char* all, std::size_t) {
        char* to = std::copy_n(name.data(), name.size(), all + start);
        *to++ = ':';
        *to++ = ' ';
        to = std::copy_n(value.data(), value.size(), to);
        *to++ = '\r';
        *to = '\n';
        return end;
    });
}

void append_two_digits(std::string& out, unsigned value) {
    out.push_back(static_cast<char>('0' + value / 10 % 10));
    out.push_back(static_cast<char>('0' + value % 10));
}

std::string_view up_to_control(std::string_view value) noexcept {
    if (words::has_none(value, words::any_unprintable)) return value;
    const auto is_control = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7F';
    };
    const auto end = std::ranges::find_if(value, is_control);
    return value.substr(0, static_cast<std::size_t>(end - value.begin()));
}

/// RFC 9110 8.6, 15.3.5, 15.4.5: these never carry a body.
bool is_bodiless(int status) noexcept { return status == 204 || status == 304 || status < 200; }

}  // namespace

std::string_view DateCache::at(Timestamp now) {
    if (now == made_for_) return text_;
    constexpr std::string_view weekdays = "SunMonTueWedThuFriSat";
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(now - day);
    text_.assign(weekdays.substr(std::chrono::weekday(day).c_encoding() * 3, 3)).append(", ");
    append_two_digits(text_, unsigned(date.day()));
    text_.append(" ").append(months.substr((unsigned(date.month()) - 1) * 3, 3)).append(" ");
    text_.append(Digits(static_cast<std::size_t>(int(date.year()))).text());
    text_.append(" ");
    append_two_digits(text_, static_cast<unsigned>(time.hours().count()));
    text_.append(":");
    append_two_digits(text_, static_cast<unsigned>(time.minutes().count()));
    text_.append(":");
    append_two_digits(text_, static_cast<unsigned>(time.seconds().count()));
    text_.append(" GMT");
    made_for_ = now;
    return text_;
}

void append_response(std::string& out, const Response& response, const Framework& framework) {
    if (const std::string_view line = status_line(response.status); !line.empty()) {
        out.append(line);
    } else {
        out.append("HTTP/1.1 ");
        out.append(Digits(static_cast<std::size_t>(response.status)).text()).append(" \r\n");
    }
    if (!framework.date.empty()) append_header(out, "Date", framework.date);
    for (const auto& [name, value] : response.headers) {
        append_header(out, name, up_to_control(value));
    }
    const std::string_view body = response.body_view();
    if (!is_bodiless(response.status)) {
        append_header(out, "Content-Length", Digits(body.size()).text());
    }
    if (framework.after_answer == AfterAnswer::close) out.append("Connection: close\r\n");
    out.append("\r\n");
    if (!is_bodiless(response.status) && framework.method != Method::head) out.append(body);
}

}  // namespace latchkey::http
