#include "base/error.hpp"

namespace latchkey {

std::string_view to_string(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::malformed: return "malformed";
        case ErrorCode::invalid_argument: return "invalid_argument";
        case ErrorCode::too_large: return "too_large";
        case ErrorCode::unsupported: return "unsupported";
        case ErrorCode::unauthenticated: return "unauthenticated";
        case ErrorCode::forbidden: return "forbidden";
        case ErrorCode::invalid_token: return "invalid_token";
        case ErrorCode::rate_limited: return "rate_limited";
        case ErrorCode::not_found: return "not_found";
        case ErrorCode::conflict: return "conflict";
        case ErrorCode::expired: return "expired";
        case ErrorCode::unavailable: return "unavailable";
        case ErrorCode::serialization_failure: return "serialization_failure";
        case ErrorCode::storage_full: return "storage_full";
        case ErrorCode::storage_failed: return "storage_failed";
        case ErrorCode::storage_version: return "storage_version";
        case ErrorCode::no_permission: return "no_permission";
        case ErrorCode::address_in_use: return "address_in_use";
        case ErrorCode::internal: return "internal";
    }
    return "internal";
}

ErrorClass class_of(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::malformed:
        case ErrorCode::invalid_argument:
        case ErrorCode::too_large:
        case ErrorCode::unsupported:
        case ErrorCode::unauthenticated:
        case ErrorCode::forbidden:
        case ErrorCode::invalid_token:
        case ErrorCode::rate_limited:
        case ErrorCode::not_found:
        case ErrorCode::expired: return ErrorClass::caller;
        case ErrorCode::conflict: return ErrorClass::conflict;
        case ErrorCode::unavailable:
        case ErrorCode::serialization_failure: return ErrorClass::busy;
        case ErrorCode::storage_full:
        case ErrorCode::storage_failed:
        case ErrorCode::storage_version:
        case ErrorCode::no_permission:
        case ErrorCode::address_in_use:
        case ErrorCode::internal: return ErrorClass::broken;
    }
    return ErrorClass::broken;
}

}  // namespace latchkey
