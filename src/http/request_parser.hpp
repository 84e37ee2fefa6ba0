#pragma once

// HTTP/1.1 requests from bytes (RFC 9112), strictly: whatever two parsers could understand in two
// ways is refused, since that is what request smuggling is made of. No allocation per request:
// the result is views into the caller's buffer.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "http/message.hpp"

namespace latchkey::http {

struct ParseLimits {
    std::size_t max_head_bytes = 16U * 1024U;
    std::size_t max_target_bytes = 8U * 1024U;
    std::size_t max_headers = 100;
    std::size_t max_body_bytes = 1024U * 1024U;
};

/// Why a request is refused: the answer's status and what its body says.
struct ParseError {
    int status;
    Literal code;
    Literal message;
};

enum class BodyFraming : std::uint8_t { none, content_length, chunked };
enum class AfterAnswer : std::uint8_t { keep_open, close };

/// A request line and its headers. Views point into the parsed bytes.
struct RequestHead {
    Method method = Method::other;
    std::string_view method_text;
    std::string_view target;  // origin-form, also when the absolute form was sent
    /// The absolute form's host stands in place of what Host said.
    std::vector<Header> headers;
    BodyFraming framing = BodyFraming::none;
    std::size_t content_length = 0;
    AfterAnswer after_answer = AfterAnswer::keep_open;  // what the client asks for
    bool expects_continue = false;
};

/// Finds where a head ends, a few bytes at a time, without reading any byte twice.
class HeadScanner {
public:
    /// `bytes` is everything received since the head began; it only grows between calls.
    /// The head's length once its blank line is there; nothing when more bytes are needed;
    /// an error when no continuation can make it a request (a bare LF, a limit).
    [[nodiscard]] std::variant<std::monostate, std::size_t, ParseError> scan(
        std::string_view bytes, const ParseLimits& limits);
    void reset() noexcept { *this = HeadScanner(); }
    /// True until the first byte has been looked at.
    [[nodiscard]] bool is_fresh() const noexcept { return scanned_ == 0; }

private:
    std::size_t scanned_ = 0;
    std::size_t line_start_ = 0;
};

/// Parses a complete head (as HeadScanner measured it, blank line included) into `head`, whose
/// memory is reused. An error when it is refused.
[[nodiscard]] std::optional<ParseError> parse_head(std::string_view bytes,
                                                   const ParseLimits& limits, RequestHead& head);

/// The method's enumerator; `other` for one we do not know.
[[nodiscard]] Method parse_method(std::string_view text) noexcept;

/// Undoes the chunked transfer coding in place (RFC 9112 7.1), a few bytes at a time. Chunk
/// extensions and trailers are refused: nobody who speaks to this server needs them, and parsers
/// disagree about them.
class ChunkedDecoder {
public:
    struct Progress {
        std::size_t consumed = 0;  // bytes of input that are done with
        bool complete = false;
    };
    /// Decodes `input`, writing the body's bytes to `output`, which may overlap it (output is never
    /// ahead of input). `body_bytes()` tells how many have been written in all.
    [[nodiscard]] std::variant<Progress, ParseError> decode(std::string_view input, char* output,
                                                            const ParseLimits& limits);
    [[nodiscard]] std::size_t body_bytes() const noexcept { return body_bytes_; }
    void reset() noexcept { *this = ChunkedDecoder(); }

private:
    enum class State : std::uint8_t { size, size_lf, data, data_cr, data_lf, end_cr, end_lf };
    State state_ = State::size;
    int size_digits_ = 0;
    std::size_t remaining_ = 0;
    std::size_t body_bytes_ = 0;
};

}  // namespace latchkey::http
