// Requests from bytes, as a connection reads them: however the bytes are split, the same requests
// come out; and whatever we take, another parser refuses or reads the same way.

#include <http_parser.h>

#include <algorithm>
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

struct Read {
    std::string target;
    std::string body;
    bool is_whole = false;
    bool is_refused = false;
};

/// One request, read by the parser that Node had for ten years (RFC 7230, strict).
Read read_as_others_do(std::string_view bytes) {
    Read read;
    http_parser parser;
    http_parser_init(&parser, HTTP_REQUEST);
    parser.data = &read;
    http_parser_settings settings;
    http_parser_settings_init(&settings);
    settings.on_url = [](http_parser* self, const char* at, std::size_t length) {
        static_cast<Read*>(self->data)->target.append(at, length);
        return 0;
    };
    settings.on_body = [](http_parser* self, const char* at, std::size_t length) {
        static_cast<Read*>(self->data)->body.append(at, length);
        return 0;
    };
    settings.on_message_complete = [](http_parser* self) {
        static_cast<Read*>(self->data)->is_whole = true;
        http_parser_pause(self, 1);
        return 0;
    };
    http_parser_execute(&parser, &settings, bytes.data(), bytes.size());
    const http_errno error = HTTP_PARSER_ERRNO(&parser);
    read.is_refused = error != HPE_OK && error != HPE_PAUSED;
    return read;
}

void compare(std::string_view bytes, const Parsed& ours) {
    const Read theirs = read_as_others_do(bytes);
    // It knows some methods alone, and takes "Transfer-Encoding-X" for another name: what one of
    // two parsers refuses, they cannot read in two ways.
    if (theirs.is_refused) return;
    require(theirs.is_whole && theirs.body == ours.body);
    // The absolute form is reduced by us only.
    require(theirs.target.ends_with(ours.target) || ours.target == "/");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const Parsed whole = parse(bytes, size + 1);
    const Parsed single = parse(bytes, 1);
    require(whole.status == single.status && whole.head_bytes == single.head_bytes);
    if (whole.status == 0) {
        require(whole.body == single.body);
        compare(bytes, whole);
    }
    return 0;
}
