#include "apps/latchkey/cli/advice.hpp"

namespace latchkey::cli {

std::string_view advice_for(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::address_in_use:
            return "Stop what listens there, or choose another address with --listen HOST:PORT.";
        case ErrorCode::no_permission:
            return "Run it as the owner of the data folder and its files (ls -ln shows who that "
                   "is).";
        case ErrorCode::storage_full:
            return "Free some space on the data folder's disk and try again: nothing that was "
                   "acknowledged is lost.";
        case ErrorCode::storage_failed:
            return "Check the disk and the path. docs/operations.md says how to restore a backup.";
        case ErrorCode::unavailable:
        case ErrorCode::serialization_failure:
            return "Try again: another process may be using the data folder for long.";
        case ErrorCode::malformed:
        case ErrorCode::invalid_argument:
        case ErrorCode::too_large:
        case ErrorCode::unsupported:
        case ErrorCode::unauthenticated:
        case ErrorCode::forbidden:
        case ErrorCode::invalid_token:
        case ErrorCode::rate_limited:
        case ErrorCode::not_found:
        case ErrorCode::conflict:
        case ErrorCode::expired:
        case ErrorCode::storage_version:
        case ErrorCode::internal: return {};
    }
    return {};
}

}  // namespace latchkey::cli
