#include "latchkey/client/error.hpp"

namespace latchkey::client {

std::string_view to_string(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::transport: return "transport";
        case ErrorKind::http: return "http";
        case ErrorKind::malformed_answer: return "malformed_answer";
        case ErrorKind::graphql: return "graphql";
        case ErrorKind::user_error: return "user_error";
        case ErrorKind::unauthorized: return "unauthorized";
        case ErrorKind::invalid_token: return "invalid_token";
        case ErrorKind::access_withdrawn: return "access_withdrawn";
        case ErrorKind::invalid_argument: return "invalid_argument";
        case ErrorKind::malformed: return "malformed";
        case ErrorKind::no_permission: return "no_permission";
        case ErrorKind::in_use: return "in_use";
        case ErrorKind::damaged: return "damaged";
        case ErrorKind::unsupported: return "unsupported";
        case ErrorKind::too_large: return "too_large";
        case ErrorKind::storage_full: return "storage_full";
        case ErrorKind::storage_failed: return "storage_failed";
    }
    return "unknown";
}

}  // namespace latchkey::client
