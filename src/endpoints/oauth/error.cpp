#include "endpoints/oauth/error.hpp"

#include <utility>

#include "json/writer.hpp"

namespace latchkey::endpoints {
namespace {

struct WireError {
    int status;
    std::string_view error;
};

WireError to_wire(ErrorCode code) {
    switch (code) {
        case ErrorCode::malformed:
        case ErrorCode::too_large: return {400, "invalid_request"};
        case ErrorCode::invalid_argument: return {400, "invalid_scope"};
        case ErrorCode::unsupported: return {400, "unsupported_grant_type"};
        case ErrorCode::unauthenticated:
        case ErrorCode::invalid_client: return {401, "invalid_client"};
        case ErrorCode::forbidden: return {400, "unauthorized_client"};
        case ErrorCode::invalid_token:
        case ErrorCode::no_user:
        case ErrorCode::no_consent:
        case ErrorCode::wrong_code:
        case ErrorCode::not_found:
        case ErrorCode::expired:
        case ErrorCode::reused: return {400, "invalid_grant"};
        // draft-ietf-httpapi-idempotency-key-header 2.7: a key reused for another request.
        case ErrorCode::conflict: return {422, "invalid_request"};
        case ErrorCode::rate_limited: return {429, "temporarily_unavailable"};
        case ErrorCode::unavailable:
        case ErrorCode::serialization_failure:
        case ErrorCode::storage_full:
        case ErrorCode::storage_failed:
        case ErrorCode::storage_version:
        case ErrorCode::no_permission:
        case ErrorCode::address_in_use: return {503, "temporarily_unavailable"};
        case ErrorCode::internal: return {500, "server_error"};
    }
    return {500, "server_error"};
}

}  // namespace

http::Response oauth_response(int status, std::string json) {
    // RFC 6749 5.1: both, whatever the answer holds.
    return http::json_response(status, std::move(json))
        .with("Cache-Control", "no-store")
        .with("Pragma", "no-cache");
}

http::Response oauth_error_as(const Error& error, int status, std::string_view name) {
    std::string body;
    json::Writer(body)
        .begin_object()
        .field("error", name)
        .field("error_description", error.public_text.view())
        .end_object();
    return oauth_response(status, std::move(body));
}

http::Response oauth_refusal(int status, Literal /*code*/, Literal message) {
    std::string_view name = "invalid_request";
    if (status == 503) name = "temporarily_unavailable";
    if (status == 500) name = "server_error";
    std::string body;
    json::Writer(body)
        .begin_object()
        .field("error", name)
        .field("error_description", message.view())
        .end_object();
    return oauth_response(status, std::move(body));
}

http::Response oauth_error_response(const Error& error) {
    const WireError wire = to_wire(error.code);
    auto response = oauth_error_as(error, wire.status, wire.error);
    if (wire.status == 401) response.with("WWW-Authenticate", std::string(basic_challenge));
    if (wire.status == 503) response.with("Retry-After", "1");
    return response;
}

}  // namespace latchkey::endpoints
