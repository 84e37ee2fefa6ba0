#include "latchkey/client/outcome.hpp"

namespace latchkey::client {

std::string_view to_string(FailureKind kind) noexcept {
    switch (kind) {
        case FailureKind::transport: return "transport";
        case FailureKind::http: return "http";
        case FailureKind::malformed_answer: return "malformed_answer";
        case FailureKind::graphql: return "graphql";
        case FailureKind::user_error: return "user_error";
        case FailureKind::unauthorized: return "unauthorized";
        case FailureKind::invalid_token: return "invalid_token";
        case FailureKind::access_withdrawn: return "access_withdrawn";
    }
    return "unknown";
}

}  // namespace latchkey::client
