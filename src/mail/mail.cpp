#include "mail/mail.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text/text.hpp"

namespace latchkey::mail {
namespace {

constexpr std::string_view crlf = "\r\n";
constexpr std::size_t base64_line = 76;         // RFC 2045 6.8
constexpr std::size_t encoded_word_bytes = 45;  // 60 base64 digits and the frame stay under 75

bool is_plain_header(std::string_view value) {
    return std::ranges::all_of(value, [](char c) { return c >= ' ' && c <= '~'; }) &&
           value.find("=?") == std::string_view::npos;
}

/// The longest prefix of at most `limit` bytes that does not cut a UTF-8 character in two.
std::size_t whole_characters(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text.size();
    std::size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return end == 0 ? limit : end;
}

/// RFC 2047 2: encoded words, each whole in itself, on folded lines.
std::string header_value(std::string_view value) {
    if (is_plain_header(value)) return std::string(value);
    std::string out;
    while (!value.empty()) {
        const std::size_t size = whole_characters(value, encoded_word_bytes);
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + to_base64(as_bytes(value.substr(0, size))) + "?=";
        value.remove_prefix(size);
    }
    return out;
}

/// The display name of an address: a quoted string (RFC 5322 3.2.4) or encoded words.
std::string display_name(std::string_view name) {
    if (!is_plain_header(name)) return header_value(name);
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') quoted.push_back('\\');
        quoted.push_back(c);
    }
    return quoted + '"';
}

/// Base64 makes every body 7-bit with short lines, whatever is in it: nothing to escape, and no
/// line of it can be taken for the end of the message or for a boundary.
void append_part(std::string& out, std::string_view media_type, std::string_view body) {
    fmt::format_to(std::back_inserter(out),
                   "Content-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
                   media_type);
    const std::string encoded = to_base64(as_bytes(body));
    for (std::size_t at = 0; at < encoded.size(); at += base64_line) {
        out.append(encoded, at, base64_line);
        out += crlf;
    }
}

std::string random_token(Random& random) {
    std::array<std::uint8_t, 16> raw{};
    random.fill(raw);
    return to_hex(raw);
}

}  // namespace

std::string to_mime(const MailMessage& mail, const FromAddress& sender, Timestamp now,
                    Random& random) {
    const std::string boundary = "lk-" + random_token(random);
    const std::string_view sender_view = sender.address;
    const std::string_view domain = sender_view.substr(sender_view.find('@') + 1);
    std::string out;
    fmt::format_to(std::back_inserter(out),
                   "From: {} <{}>\r\nTo: <{}>\r\nSubject: {}\r\n"
                   "Date: {:%a, %d %b %Y %H:%M:%S} +0000\r\nMessage-ID: <{}@{}>\r\n"
                   "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n"
                   "Content-Type: multipart/alternative; boundary=\"{}\"\r\n\r\n",
                   display_name(sender.name), sender.address, mail.recipient,
                   header_value(mail.subject), now, random_token(random), domain, boundary);
    out += "--" + boundary + "\r\n";
    append_part(out, "text/plain", mail.text);
    out += "--" + boundary + "\r\n";
    append_part(out, "text/html", mail.html);
    out += "--" + boundary + "--\r\n";
    return out;
}

}  // namespace latchkey::mail
