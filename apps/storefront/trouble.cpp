#include "trouble.hpp"

#include <fmt/format.h>

namespace latchkey::storefront {
namespace {

TroubleKind kind_of(client::FailureKind kind) {
    using client::FailureKind;
    switch (kind) {
        case FailureKind::access_withdrawn: return TroubleKind::access_withdrawn;
        case FailureKind::invalid_token: return TroubleKind::sign_in_refused;
        case FailureKind::transport:
        case FailureKind::http: return TroubleKind::unreachable;
        case FailureKind::malformed_answer:
        case FailureKind::graphql:
        case FailureKind::user_error:
        case FailureKind::unauthorized: return TroubleKind::shop_error;
    }
    return TroubleKind::shop_error;
}

}  // namespace

std::string_view to_string(TroubleKind kind) noexcept {
    switch (kind) {
        case TroubleKind::access_withdrawn: return "access_withdrawn";
        case TroubleKind::sign_in_refused: return "sign_in_refused";
        case TroubleKind::unreachable: return "unreachable";
        case TroubleKind::shop_error: return "shop_error";
    }
    return "shop_error";
}

Trouble trouble_of(const client::CallError& error) {
    return {kind_of(error.kind),
            fmt::format("{} {} (status {}, request {}): {}", client::to_string(error.kind),
                        error.code, error.status, error.request_id, error.message)};
}

Trouble trouble_of(const Error& error) {
    return {TroubleKind::shop_error,
            fmt::format("{}: {}", latchkey::to_string(error.code), error.detail)};
}

}  // namespace latchkey::storefront
