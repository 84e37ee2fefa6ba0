#include "encoding.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>

namespace latchkey::client {
namespace {

// Base64 turns 3 bytes into 4 characters: 32 bytes are 43 and one of padding.
constexpr std::size_t base64url_size = 43;

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_letter_or_digit(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

void append_hex(std::string& out, std::uint8_t byte, std::string_view digits) {
    out.push_back(digits[byte >> 4U]);
    out.push_back(digits[byte & 15U]);
}

}  // namespace

std::string to_hex(ByteView bytes) {
    std::string out;
    for (const std::uint8_t byte : bytes) append_hex(out, byte, "0123456789abcdef");
    return out;
}

std::string to_base64(ByteView bytes) {
    // EVP_EncodeBlock writes a zero behind the text.
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes.data(),
                                     static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::string to_base64url(const Bytes32& bytes) {
    std::string out = to_base64(bytes);
    out.resize(base64url_size);
    std::ranges::replace(out, '+', '-');
    std::ranges::replace(out, '/', '_');
    return out;
}

std::optional<Bytes32> from_base64url(std::string_view text) {
    if (text.size() != base64url_size) return std::nullopt;
    std::string standard(text);
    std::ranges::replace(standard, '-', '+');
    std::ranges::replace(standard, '_', '/');
    standard.push_back('=');
    std::array<std::uint8_t, 33> decoded{};
    const int size =
        EVP_DecodeBlock(decoded.data(), reinterpret_cast<const unsigned char*>(standard.data()),
                        static_cast<int>(standard.size()));
    Bytes32 bytes{};
    std::copy_n(decoded.begin(), bytes.size(), bytes.begin());
    // OpenSSL lets white space, '+', '/' and stray bits pass: only what we would have written is
    // one.
    std::string again = to_base64url(bytes);
    const bool is_same = size == static_cast<int>(decoded.size()) && again == text;
    OPENSSL_cleanse(standard.data(), standard.size());
    OPENSSL_cleanse(again.data(), again.size());
    OPENSSL_cleanse(decoded.data(), decoded.size());
    if (!is_same) return std::nullopt;
    return bytes;
}

std::string percent_encode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            out.push_back(c);
            continue;
        }
        out.push_back('%');
        append_hex(out, static_cast<std::uint8_t>(c), "0123456789ABCDEF");
    }
    return out;
}

bool equal_ascii_case(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trim_ascii(std::string_view text) noexcept {
    constexpr std::string_view space = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

}  // namespace latchkey::client
