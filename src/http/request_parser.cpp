#include "http/request_parser.hpp"

#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include "base/text/text.hpp"
#include "http/characters.hpp"

namespace latchkey::http {
namespace {

constexpr std::string_view line_end = "\r\n";

ParseError bad_request(Literal message) { return {400, "BAD_REQUEST", message}; }

/// Takes the text before the next `separator` off `rest`; absent if there is no separator.
std::optional<std::string_view> take_until(std::string_view& rest, std::string_view separator) {
    const std::size_t at = rest.find(separator);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view taken = rest.substr(0, at);
    rest.remove_prefix(at + separator.size());
    return taken;
}

std::string_view trim_blanks(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// What the first line says besides method and version.
struct Target {
    std::string_view text;
    std::string_view host = {};  // empty, but in the absolute form
};

/// RFC 9112 3.2: origin-form, absolute-form (reduced to the origin form it stands for), or the
/// asterisk of OPTIONS. Authority-form belongs to proxies.
std::optional<ParseError> parse_target(Target& asked, RequestHead& head) {
    const std::string_view target = asked.text;
    if (!is_target(target)) return bad_request("The request target has a character it must not");
    head.target = target;
    if (target.front() == '/') return std::nullopt;
    if (target == "*" && head.method == Method::options) return std::nullopt;
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (target.size() <= scheme.size() ||
            !equal_ascii_case(target.substr(0, scheme.size()), scheme)) {
            continue;
        }
        const std::string_view rest = target.substr(scheme.size());
        const std::size_t slash = rest.find('/');
        const std::string_view authority = rest.substr(0, slash);
        if (authority.empty() || !is_host(authority)) break;
        head.target = slash == std::string_view::npos ? "/" : rest.substr(slash);
        asked.host = authority;
        return std::nullopt;
    }
    return bad_request("The request target is not a path");
}

std::optional<ParseError> parse_request_line(std::string_view line, const ParseLimits& limits,
                                             RequestHead& head, Target& asked) {
    // RFC 9112 3: method SP request-target SP HTTP-version, with exactly one space each.
    const auto method = take_until(line, " ");
    const auto target = method ? take_until(line, " ") : std::nullopt;
    if (!target || !is_token(*method)) return bad_request("The request line is malformed");
    head.method_text = *method;
    head.method = parse_method(*method);
    if (target->size() > limits.max_target_bytes) {
        return ParseError{414, "URI_TOO_LONG", "The request target is too long"};
    }
    if (line == "HTTP/1.0") {
        head.after_answer = AfterAnswer::close;
    } else if (line != "HTTP/1.1") {
        if (line.starts_with("HTTP/")) {
            return ParseError{505, "VERSION_NOT_SUPPORTED", "Only HTTP/1.1 and 1.0 are served"};
        }
        return bad_request("The request line is malformed");
    }
    asked.text = *target;
    return parse_target(asked, head);
}

/// What the headers that rule the message itself have said so far.
struct Framing {
    std::optional<std::string_view> host;
    std::optional<std::string_view> content_length;
    std::optional<std::string_view> transfer_encoding;
    std::optional<std::string_view> expect;
};

/// Stores a header that may come once; an error when it came before.
std::optional<ParseError> take_once(std::optional<std::string_view>& slot, std::string_view value) {
    // RFC 9112 6.3, 3.2: two of these, even equal ones, can be read in two ways.
    if (slot) return bad_request("A header that may be sent once was sent twice");
    slot = value;
    return std::nullopt;
}

/// RFC 9110 7.6.1: a list of tokens, of which only `close` means something to us.
std::optional<ParseError> apply_connection(std::string_view value, RequestHead& head) {
    while (!value.empty()) {
        const std::size_t comma = value.find(',');
        const std::string_view option = trim_blanks(value.substr(0, comma));
        if (!option.empty() && !is_token(option)) return bad_request("Connection is malformed");
        if (equal_ascii_case(option, "close")) head.after_answer = AfterAnswer::close;
        value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
    }
    return std::nullopt;
}

std::optional<ParseError> note_header(const Header& header, RequestHead& head, Framing& framing) {
    switch (header.name.size()) {
        case 4:
            if (equal_ascii_case(header.name, "Host")) return take_once(framing.host, header.value);
            break;
        case 6:
            if (equal_ascii_case(header.name, "Expect")) {
                return take_once(framing.expect, header.value);
            }
            break;
        case 10:
            if (equal_ascii_case(header.name, "Connection")) {
                return apply_connection(header.value, head);
            }
            break;
        case 14:
            if (equal_ascii_case(header.name, "Content-Length")) {
                return take_once(framing.content_length, header.value);
            }
            break;
        case 17:
            if (equal_ascii_case(header.name, "Transfer-Encoding")) {
                return take_once(framing.transfer_encoding, header.value);
            }
            break;
        default: break;
    }
    return std::nullopt;
}

std::optional<ParseError> parse_headers(std::string_view bytes, const ParseLimits& limits,
                                        RequestHead& head, Framing& framing) {
    while (bytes != line_end) {
        const auto line = take_until(bytes, line_end);
        if (!line || line->empty()) return bad_request("The headers do not end");
        // RFC 9112 5.2: a line that starts with a blank would continue the one before.
        if (line->front() == ' ' || line->front() == '\t') {
            return bad_request("A header line is folded");
        }
        const std::size_t colon = line->find(':');
        // RFC 9112 5.1: no whitespace between the name and the colon.
        if (colon == std::string_view::npos || !is_token(line->substr(0, colon))) {
            return bad_request("A header line has no proper name");
        }
        const Header header{line->substr(0, colon), trim_blanks(line->substr(colon + 1))};
        if (!is_field_value(header.value)) {
            return bad_request("A header value has a control character");
        }
        if (head.headers.size() == limits.max_headers) {
            return ParseError{431, "HEADERS_TOO_LARGE", "There are too many headers"};
        }
        head.headers.push_back(header);
        if (auto error = note_header(header, head, framing)) return error;
    }
    return std::nullopt;
}

std::optional<ParseError> parse_content_length(std::string_view text, const ParseLimits& limits,
                                               RequestHead& head) {
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), head.content_length);
    // RFC 9110 8.6: digits only. A sign, a list, a blank or an overflow is somebody's trick.
    const bool digits_only = !text.empty() && text.front() >= '0' && text.front() <= '9' &&
                             end == text.data() + text.size();
    if (!digits_only) return bad_request("Content-Length is not a number");
    if (error == std::errc::result_out_of_range || head.content_length > limits.max_body_bytes) {
        return ParseError{413, "BODY_TOO_LARGE", "The request body is too large"};
    }
    head.framing = head.content_length > 0 ? BodyFraming::content_length : BodyFraming::none;
    return std::nullopt;
}

std::optional<ParseError> apply_framing(const Framing& framing, std::string_view version,
                                        const ParseLimits& limits, RequestHead& head) {
    const bool is_http_1_0 = version == "HTTP/1.0";
    // RFC 9112 3.2: a 1.1 request without exactly one valid Host is a 400.
    if ((!framing.host && !is_http_1_0) || (framing.host && !is_host(*framing.host))) {
        return bad_request("Exactly one valid Host header is needed");
    }
    if (framing.transfer_encoding) {
        // RFC 9112 6.1: with a Content-Length beside it, or in 1.0, it is likely an attack.
        if (framing.content_length || is_http_1_0) {
            return bad_request("The length of the body is ambiguous");
        }
        if (!equal_ascii_case(*framing.transfer_encoding, "chunked")) {
            return ParseError{501, "NOT_IMPLEMENTED", "Only the chunked transfer coding is known"};
        }
        head.framing = BodyFraming::chunked;
    }
    if (framing.content_length) {
        if (auto error = parse_content_length(*framing.content_length, limits, head)) return error;
    }
    if (framing.expect && !is_http_1_0) {
        // RFC 9110 10.1.1
        if (!equal_ascii_case(*framing.expect, "100-continue")) {
            return ParseError{417, "EXPECTATION_FAILED", "Only 100-continue can be expected"};
        }
        head.expects_continue = head.framing != BodyFraming::none;
    }
    return std::nullopt;
}

/// RFC 9112 3.2.2: whom the absolute form names is asked, whatever Host says. A front that goes by
/// the one and we by the other would be led past.
void replace_host(std::string_view host, RequestHead& head) {
    for (Header& header : head.headers) {
        if (equal_ascii_case(header.name, "host")) {
            header.value = host;
            return;
        }
    }
    head.headers.push_back({"Host", host});
}

}  // namespace

Method parse_method(std::string_view text) noexcept {
    // Methods are case-sensitive (RFC 9110 9.1).
    if (text == "GET") return Method::get;
    if (text == "POST") return Method::post;
    if (text == "HEAD") return Method::head;
    if (text == "OPTIONS") return Method::options;
    if (text == "PUT") return Method::put;
    if (text == "PATCH") return Method::patch;
    if (text == "DELETE") return Method::delete_;
    return Method::other;
}

std::variant<std::monostate, std::size_t, ParseError> HeadScanner::scan(std::string_view bytes,
                                                                        const ParseLimits& limits) {
    const std::size_t end = std::min(bytes.size(), limits.max_head_bytes);
    while (scanned_ < end) {
        const std::size_t at = bytes.substr(0, end).find('\n', scanned_);
        if (at == std::string_view::npos) {
            scanned_ = end;
            break;
        }
        // RFC 9112 2.2: a bare LF may end a line for the one and not for the other.
        if (at == 0 || bytes[at - 1] != '\r') return bad_request("A line ends without CR");
        scanned_ = at + 1;
        if (at - 1 == line_start_) return scanned_;
        line_start_ = scanned_;
    }
    if (bytes.size() < limits.max_head_bytes) return std::monostate();
    if (line_start_ == 0) return ParseError{414, "URI_TOO_LONG", "The request line is too long"};
    return ParseError{431, "HEADERS_TOO_LARGE", "The headers are too large"};
}

std::optional<ParseError> parse_head(std::string_view bytes, const ParseLimits& limits,
                                     RequestHead& head) {
    std::vector<Header> memory = std::move(head.headers);
    memory.clear();
    head = RequestHead();
    head.headers = std::move(memory);
    // A CR that no LF follows is refused where it stands: no character class has it.
    const auto line = take_until(bytes, line_end);
    if (!line) return bad_request("The request line is malformed");
    Target asked;
    if (auto error = parse_request_line(*line, limits, head, asked)) return error;
    Framing framing;
    if (auto error = parse_headers(bytes, limits, head, framing)) return error;
    if (!asked.host.empty()) replace_host(asked.host, head);
    return apply_framing(framing, line->substr(line->rfind(' ') + 1), limits, head);
}

}  // namespace latchkey::http
