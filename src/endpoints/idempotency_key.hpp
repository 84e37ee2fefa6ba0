#pragma once

// The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header), for every endpoint that
// takes one.

#include <optional>
#include <string_view>

#include "http/message.hpp"

namespace latchkey::endpoints {

/// What the request names itself by; absent: nothing. Of two keys neither can be meant, and the
/// answer is the empty key, which every grant refuses (grants::make_idempotent_request).
[[nodiscard]] inline std::optional<std::string_view> read_idempotency_key(
    const http::Request& request) noexcept {
    constexpr std::string_view name = "Idempotency-Key";
    if (request.header_count(name) > 1) return std::string_view();
    return request.header(name);
}

}  // namespace latchkey::endpoints
