#pragma once

// Text encodings: hex, base64url (RFC 4648 5, no padding), base64 (with padding), percent-decoding.
// Decoders are strict: a wrong character, length, padding or non-zero trailing bit is a refusal.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes/bytes.hpp"

namespace latchkey {

[[nodiscard]] std::string to_hex(ByteView bytes);
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

void append_base64url(std::string& out, ByteView bytes);
[[nodiscard]] std::string to_base64url(ByteView bytes);
[[nodiscard]] std::optional<Bytes> from_base64url(std::string_view text);

[[nodiscard]] std::string to_base64(ByteView bytes);
[[nodiscard]] std::optional<Bytes> from_base64(std::string_view text);

enum class Plus : std::uint8_t { literal, space };  // form bodies write a space as '+'
/// Absent on a broken %XX escape. The result may hold any byte; check it before use.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, Plus plus);
/// Everything but the unreserved characters of RFC 3986 2.3 is escaped.
[[nodiscard]] std::string percent_encode(std::string_view text);

[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;
[[nodiscard]] std::string ascii_lower(std::string_view text);
/// `a` and `b` are of one size.
[[nodiscard]] bool same_ascii_letters(std::string_view a, std::string_view b) noexcept;
/// Sizes first, here, where it costs no call: two names of a header seldom have the same.
[[nodiscard]] inline bool equal_ascii_case(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && same_ascii_letters(a, b);
}
[[nodiscard]] std::string_view trim_ascii(std::string_view text) noexcept;
/// The words between single or repeated spaces (RFC 6749 3.3 scope lists). Views into `text`.
[[nodiscard]] std::vector<std::string_view> split_words(std::string_view text);
/// `text` safe inside HTML text and double-quoted attributes.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace latchkey
