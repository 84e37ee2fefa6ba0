#include "failure.hpp"

namespace storefront {
namespace {

using latchkey::client::Error;
using latchkey::client::ErrorKind;

FailureKind kind_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::access_withdrawn: return FailureKind::access_withdrawn;
        case ErrorKind::invalid_token: return FailureKind::sign_in_refused;
        case ErrorKind::transport:
        case ErrorKind::http: return FailureKind::unreachable;
        case ErrorKind::malformed_answer:
        case ErrorKind::graphql:
        case ErrorKind::user_error:
        case ErrorKind::unauthorized:
        case ErrorKind::invalid_argument:
        case ErrorKind::malformed:
        case ErrorKind::no_permission:
        case ErrorKind::in_use:
        case ErrorKind::damaged:
        case ErrorKind::unsupported:
        case ErrorKind::too_large:
        case ErrorKind::storage_full:
        case ErrorKind::storage_failed: return FailureKind::shop_error;
    }
    return FailureKind::shop_error;
}

}  // namespace

std::string_view to_string(FailureKind kind) noexcept {
    switch (kind) {
        case FailureKind::access_withdrawn: return "access_withdrawn";
        case FailureKind::sign_in_refused: return "sign_in_refused";
        case FailureKind::unreachable: return "unreachable";
        case FailureKind::shop_error: return "shop_error";
    }
    return "shop_error";
}

Failure failure_of(const Error& error) {
    std::string detail = std::string(to_string(error.kind)) + ": " + error.message;
    if (!error.code.empty()) detail += ", code " + error.code;
    if (error.status != 0) detail += ", status " + std::to_string(error.status);
    if (!error.request_id.empty()) detail += ", request " + error.request_id;
    return {kind_of(error.kind), std::move(detail)};
}

}  // namespace storefront
