#include "pages/error_row.hpp"

namespace latchkey::pages {

ErrorRow error_row(ErrorCode code) noexcept {
    constexpr ErrorRow bad_link{400, "error.link", "invalid_request"};
    constexpr ErrorRow trouble{503, "error.trouble", "retriable_server_error"};
    switch (code) {
        case ErrorCode::malformed:
        case ErrorCode::invalid_argument:
        case ErrorCode::too_large:
        case ErrorCode::unsupported:
        case ErrorCode::not_found:
        case ErrorCode::conflict:
        case ErrorCode::invalid_token:
        case ErrorCode::no_user:
        case ErrorCode::no_consent:
        case ErrorCode::wrong_code:
        case ErrorCode::reused: return bad_link;
        case ErrorCode::invalid_client: return {400, "error.client", "invalid_client"};
        case ErrorCode::forbidden: return {403, "error.origin", "invalid_origin"};
        case ErrorCode::unauthenticated:
        case ErrorCode::expired: return {403, "error.form", "expired"};
        case ErrorCode::rate_limited: return {429, "error.too_often", "rate_limited"};
        case ErrorCode::unavailable:
        case ErrorCode::serialization_failure:
        case ErrorCode::storage_full:
        case ErrorCode::storage_failed:
        case ErrorCode::storage_version:
        case ErrorCode::no_permission:
        case ErrorCode::address_in_use: return trouble;
        case ErrorCode::internal: return {500, "error.trouble", "retriable_server_error"};
    }
    return trouble;
}

}  // namespace latchkey::pages
