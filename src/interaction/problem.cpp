#include "interaction/problem.hpp"

namespace latchkey::interaction {

ProblemText text_of(Problem problem) noexcept {
    switch (problem) {
        case Problem::unusable_link: return {"error.link", "invalid_request", 400};
        case Problem::unknown_app: return {"error.client", "invalid_client", 400};
        case Problem::unknown_page: return {"error.origin", "invalid_origin", 403};
        case Problem::stale_form: return {"error.form", "expired", 403};
        case Problem::too_often: return {"error.too_often", "rate_limited", 429};
        case Problem::server_failed: return {"error.trouble", "retriable_server_error", 503};
        case Problem::fault: break;
    }
    return {"error.trouble", "retriable_server_error", 500};
}

Problem problem_of(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::malformed:
        case ErrorCode::invalid_argument:
        case ErrorCode::too_large:
        case ErrorCode::unsupported:
        case ErrorCode::conflict:
        case ErrorCode::invalid_token: return Problem::unusable_link;
        case ErrorCode::not_found: return Problem::unknown_app;
        case ErrorCode::forbidden: return Problem::unknown_page;
        case ErrorCode::unauthenticated:
        case ErrorCode::expired: return Problem::stale_form;
        case ErrorCode::rate_limited: return Problem::too_often;
        case ErrorCode::unavailable:
        case ErrorCode::serialization_failure:
        case ErrorCode::storage_full:
        case ErrorCode::storage_failed:
        case ErrorCode::storage_version:
        case ErrorCode::no_permission:
        case ErrorCode::address_in_use: return Problem::server_failed;
        case ErrorCode::internal: return Problem::fault;
    }
    return Problem::fault;
}

}  // namespace latchkey::interaction
