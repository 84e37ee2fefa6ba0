#include "http/authorization.hpp"

#include <algorithm>

#include "base/text/text.hpp"
#include "base/text/words.hpp"
#include "http/characters.hpp"

namespace latchkey::http {
namespace {

Failure malformed() { return fail(ErrorCode::malformed, "The Authorization header is malformed"); }

bool has_scheme(std::string_view value, std::string_view scheme) noexcept {
    return value.size() >= scheme.size() &&
           equal_ascii_case(value.substr(0, scheme.size()), scheme) &&
           (value.size() == scheme.size() || value[scheme.size()] == ' ');
}

/// What follows the scheme, after its one or more spaces (RFC 9110 11.4).
Result<std::string_view> credentials_of(const Request& request, std::string_view scheme) {
    const auto value = request.header("Authorization");
    if (!value || !has_scheme(*value, scheme)) {
        if (request.header_count("Authorization") > 1) return malformed();
        return fail(ErrorCode::unauthenticated, "Credentials are needed");
    }
    if (request.header_count("Authorization") != 1 || value->size() > max_authorization_bytes) {
        return malformed();
    }
    std::string_view rest = value->substr(scheme.size());
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    if (rest.empty()) return malformed();
    return rest;
}

/// RFC 6749 2.3.1: the client's id and password are form-encoded before they are joined.
Result<std::string> decode_part(std::string_view text) {
    auto decoded = percent_decode(text, Plus::space);
    if (!decoded) return malformed();
    if (words::has_none(*decoded, words::any_unprintable)) return std::move(*decoded);
    // RFC 7617 2: no control characters.
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == '\x7F';
    };
    if (!is_valid_utf8(*decoded) || std::ranges::any_of(*decoded, is_control)) return malformed();
    return std::move(*decoded);
}

}  // namespace

Result<BasicCredentials> parse_basic(const Request& request) {
    const std::string_view encoded = TRY(credentials_of(request, "Basic"));
    const auto decoded = from_base64(encoded);
    if (!decoded) return malformed();
    const std::string_view pair = as_text(*decoded);
    const std::size_t colon = pair.find(':');
    if (colon == std::string_view::npos) return malformed();
    std::string user = TRY(decode_part(pair.substr(0, colon)));
    std::string password = TRY(decode_part(pair.substr(colon + 1)));
    return BasicCredentials{std::move(user), Secret(std::move(password))};
}

Result<std::string_view> parse_bearer(const Request& request) {
    const std::string_view token = TRY(credentials_of(request, "Bearer"));
    if (!is_b64token(token)) return malformed();
    return token;
}

}  // namespace latchkey::http
