#include <algorithm>
#include <cstring>

#include "http/request_parser.hpp"

namespace latchkey::http {
namespace {

constexpr int max_size_digits = 8;  // 4 GiB: far over any body limit, far under an overflow

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

ParseError broken_chunk() { return {400, "BAD_REQUEST", "The chunked body is malformed"}; }

}  // namespace

std::variant<ChunkedDecoder::Progress, ParseError> ChunkedDecoder::decode(
    std::string_view input, char* output, const ParseLimits& limits) {
    std::size_t at = 0;
    while (at < input.size()) {
        const char c = input[at];
        switch (state_) {
            case State::size:
                if (const int digit = hex_digit(c); digit >= 0) {
                    if (++size_digits_ > max_size_digits) return broken_chunk();
                    remaining_ = remaining_ * 16 + static_cast<std::size_t>(digit);
                } else if (c == '\r' && size_digits_ > 0) {
                    state_ = State::size_lf;
                } else {
                    return broken_chunk();
                }
                break;
            case State::size_lf:
                if (c != '\n') return broken_chunk();
                if (remaining_ > limits.max_body_bytes - body_bytes_) {
                    return ParseError{413, "BODY_TOO_LARGE", "The request body is too large"};
                }
                state_ = remaining_ == 0 ? State::end_cr : State::data;
                break;
            case State::data: {
                const std::size_t size = std::min(remaining_, input.size() - at);
                std::memmove(output, input.data() + at, size);
                output += size;
                body_bytes_ += size;
                remaining_ -= size;
                at += size;
                if (remaining_ == 0) state_ = State::data_cr;
                continue;
            }
            case State::data_cr:
                if (c != '\r') return broken_chunk();
                state_ = State::data_lf;
                break;
            case State::data_lf:
                if (c != '\n') return broken_chunk();
                state_ = State::size;
                size_digits_ = 0;
                break;
            case State::end_cr:
                if (c != '\r') return broken_chunk();
                state_ = State::end_lf;
                break;
            case State::end_lf:
                if (c != '\n') return broken_chunk();
                return Progress{at + 1, true};
        }
        ++at;
    }
    return Progress{at, false};
}

}  // namespace latchkey::http
