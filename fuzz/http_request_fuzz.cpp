// Requests from bytes, as a connection reads them: however the bytes are split, the same requests
// come out; and whatever we take, Beast's parser takes too and reads the same way, where Boost is
// installed (./x fuzz installs it).

#if __has_include(<boost/beast/http/parser.hpp>) && defined(__clang__)
#define HAS_BEAST 1
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#else
#define HAS_BEAST 0
#endif

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/request_parser.hpp"

namespace {

namespace http = latchkey::http;

constexpr http::ParseLimits limits{
    .max_head_bytes = 2048, .max_target_bytes = 512, .max_headers = 20, .max_body_bytes = 4096};

void require(const bool holds) {
    if (!holds) std::abort();
}

struct Parsed {
    int status = -1;  // 0 taken, -1 more is needed, else the refusal's
    std::size_t head_bytes = 0;
    std::string target;
    std::string body;
};

/// Reads one request in steps of `step` bytes.
Parsed parse(std::string_view bytes, std::size_t step) {
    Parsed parsed;
    http::HeadScanner scanner;
    for (std::size_t size = std::min(step, bytes.size()); parsed.head_bytes == 0;) {
        const auto scanned = scanner.scan(bytes.substr(0, size), limits);
        if (const auto* error = std::get_if<http::ParseError>(&scanned)) {
            parsed.status = error->status;
            return parsed;
        }
        if (const auto* found = std::get_if<std::size_t>(&scanned)) parsed.head_bytes = *found;
        if (size == bytes.size()) break;
        size = std::min(size + step, bytes.size());
    }
    if (parsed.head_bytes == 0) return parsed;
    http::RequestHead head;
    if (const auto error = http::parse_head(bytes.substr(0, parsed.head_bytes), limits, head)) {
        parsed.status = error->status;
        return parsed;
    }
    parsed.target = head.target;
    const std::string_view rest = bytes.substr(parsed.head_bytes);
    if (head.framing != http::BodyFraming::chunked) {
        if (rest.size() < head.content_length) return parsed;
        parsed.body = rest.substr(0, head.content_length);
        parsed.status = 0;
        return parsed;
    }
    http::ChunkedDecoder decoder;
    parsed.body.resize(rest.size());
    for (std::size_t at = 0; at < rest.size(); at += step) {
        const auto result = decoder.decode(rest.substr(at, step),
                                           parsed.body.data() + decoder.body_bytes(), limits);
        if (const auto* error = std::get_if<http::ParseError>(&result)) {
            parsed.status = error->status;
            return parsed;
        }
        if (std::get<http::ChunkedDecoder::Progress>(result).complete) {
            parsed.status = 0;
            break;
        }
    }
    parsed.body.resize(decoder.body_bytes());
    return parsed;
}

#if HAS_BEAST
void compare_with_beast(std::string_view bytes, const Parsed& ours) {
    boost::beast::http::request_parser<boost::beast::http::string_body> parser;
    parser.eager(true);
    boost::beast::error_code error;
    const std::size_t used = parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    require(!error && parser.is_done() && used >= ours.head_bytes);
    require(parser.get().body() == ours.body);
    const std::string_view target(parser.get().target().data(), parser.get().target().size());
    // The absolute form is reduced by us only.
    require(target.ends_with(ours.target) || ours.target == "/");
}
#else
void compare_with_beast(std::string_view, const Parsed&) {}
#endif

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const Parsed whole = parse(bytes, size + 1);
    const Parsed single = parse(bytes, 1);
    require(whole.status == single.status && whole.head_bytes == single.head_bytes);
    if (whole.status == 0) {
        require(whole.body == single.body);
        compare_with_beast(bytes, whole);
    }
    return 0;
}
