#include "api/errors.hpp"

namespace latchkey::api {

std::string_view graphql_error_code(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::malformed:
        case ErrorCode::invalid_argument:
        case ErrorCode::too_large:
        case ErrorCode::unsupported: return "BAD_USER_INPUT";

        case ErrorCode::unauthenticated:
        case ErrorCode::invalid_token:
        case ErrorCode::expired: return "UNAUTHORIZED";

        case ErrorCode::forbidden: return "ACCESS_DENIED";
        case ErrorCode::rate_limited: return "THROTTLED";
        case ErrorCode::not_found: return "NOT_FOUND";
        case ErrorCode::conflict: return "CONFLICT";
        case ErrorCode::unavailable:
        case ErrorCode::serialization_failure: return "SERVICE_UNAVAILABLE";

        case ErrorCode::storage_full:
        case ErrorCode::storage_failed:
        case ErrorCode::storage_version:
        case ErrorCode::no_permission:
        case ErrorCode::address_in_use:
        case ErrorCode::internal: return "INTERNAL_SERVER_ERROR";
    }
    return "INTERNAL_SERVER_ERROR";
}

}  // namespace latchkey::api
