#include "endpoints/oauth/error.hpp"

#include <utility>

#include "json/writer.hpp"

namespace latchkey::endpoints {
namespace {

struct WireError {
    oauth::Error error;
    int status;
};

WireError usual(oauth::Error error) { return {error, oauth::row_of(error).status}; }

/// What is the caller's fault, by its class: what is wrong with a grant or a scope comes as a
/// refusal and not as one of these.
WireError to_wire(const Error& error) {
    using enum oauth::Error;
    // Only client authentication fails with this: what is wrong with a token is a refusal.
    if (error.code == ErrorCode::unauthenticated) return usual(invalid_client);
    switch (class_of(error.code)) {
        case ErrorClass::caller: return usual(invalid_request);
        // draft-ietf-httpapi-idempotency-key-header 2.7: a key reused for another request.
        case ErrorClass::conflict: return {invalid_request, 422};
        case ErrorClass::busy: return usual(temporarily_unavailable);
        // A disk that is full or gone may come back; a bug does not go away.
        case ErrorClass::broken:
            return usual(error.code == ErrorCode::internal ? server_error
                                                           : temporarily_unavailable);
    }
    return usual(server_error);
}

http::Response respond(const WireError& wire, Literal description) {
    std::string body;
    json::Writer(body)
        .begin_object()
        .field("error", oauth::row_of(wire.error).name)
        .field("error_description", description.view())
        .end_object();
    return oauth_response(wire.status, std::move(body));
}

http::Response respond_with_help(const WireError& wire, Literal description) {
    auto response = respond(wire, description);
    if (wire.status == 401) response.with("WWW-Authenticate", std::string(basic_challenge));
    if (wire.status == 503) response.with("Retry-After", "1");
    return response;
}

}  // namespace

http::Response oauth_response(int status, std::string json) {
    // RFC 6749 5.1: both, whatever the answer holds.
    return http::json_response(status, std::move(json))
        .with("Cache-Control", "no-store")
        .with("Pragma", "no-cache");
}

http::Response oauth_refusal(int status, Literal /*code*/, Literal message) {
    using enum oauth::Error;
    for (const oauth::Error error : {temporarily_unavailable, server_error}) {
        if (oauth::row_of(error).status == status) return respond({error, status}, message);
    }
    return respond({invalid_request, status}, message);
}

http::Response oauth_error_response(const oauth::Refused& refused, oauth::Endpoint endpoint) {
    if (const oauth::Refusal* refusal = refused.refusal()) {
        const oauth::ErrorRow& row = oauth::row_of(refusal->error);
        if (!row.endpoints.has(endpoint)) {
            const oauth::ErrorRow& bug = oauth::row_of(oauth::Error::server_error);
            return respond_with_help(usual(bug.error), bug.description);
        }
        const bool is_resource = endpoint == oauth::Endpoint::resource;
        return respond_with_help({row.error, is_resource ? row.resource_status : row.status},
                                 refusal->description);
    }
    return respond_with_help(to_wire(*refused.error()), refused.error()->public_text);
}

}  // namespace latchkey::endpoints
