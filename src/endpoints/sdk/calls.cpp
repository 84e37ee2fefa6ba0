#include "endpoints/sdk/calls.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text/text.hpp"
#include "endpoints/forms.hpp"
#include "endpoints/sign_in/cookies.hpp"
#include "endpoints/sign_in/return.hpp"
#include "http/form.hpp"
#include "interaction/problem.hpp"
#include "json/writer.hpp"
#include "people/sessions.hpp"
#include "store/clients.hpp"

namespace latchkey::endpoints {
namespace {

// As long as each other: who watches the line learns nothing from the length.
constexpr std::string_view recognized_body = R"({"recognized":true })";
constexpr std::string_view stranger_body = R"({"recognized":false})";
static_assert(recognized_body.size() == stranger_body.size());

std::string_view origin_of(const http::Request& request) {
    return request.header_count("Origin") == 1 ? request.header("Origin").value_or("") : "";
}

/// An answer that the page at `origin` may read, as itself and for this person.
http::Response answer_to(std::string_view origin, int status, std::string body) {
    auto response = http::json_response(status, std::move(body));
    response.with("Cache-Control", "no-store").with("Vary", "Origin");
    response.with("Cross-Origin-Resource-Policy", "cross-origin");
    if (!origin.empty()) {
        response.with("Access-Control-Allow-Origin", std::string(origin));
        response.with("Access-Control-Allow-Credentials", "true");
    }
    return response;
}

http::Response refusal_to(std::string_view origin, int status, std::string_view code) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().field("error", code).end_object();
    return answer_to(origin, status, std::move(body));
}

/// Errors: not_found (the app), forbidden (an origin that the app has not registered), form's.
Result<void> check_caller(const realm::Realm& realm, database::ReadTransaction& tx,
                          const http::Request& request) {
    const http::Form form = TRY(http::parse_form_body(request));
    const auto id = ClientId::from_text(form.find("client_id").value_or(""));
    if (!id) return fail(ErrorCode::not_found, "There is no app with this client ID.");
    const auto client = TRY(store::find_client(tx, realm.id(), *id));
    if (!client) return fail(ErrorCode::not_found, "There is no app with this client ID.");
    if (std::ranges::find(client->origins, origin_of(request)) == client->origins.end()) {
        return fail(ErrorCode::forbidden, "The app has not registered this page's origin.");
    }
    return {};
}

Result<bool> has_session(const SignInParts& parts, database::ReadTransaction& tx,
                         const http::Request& request) {
    for (const SessionCookie& cookie : session_cookies()) {
        const auto secret = http::find_cookie(request, cookie.name, transport_of(parts.realm));
        if (!secret) continue;
        const Timestamp now = parts.ports.clock.now();
        if (TRY(people::find_session(tx, parts.realm.id(), *secret, now))) return true;
    }
    return false;
}

Result<bool> recognize(const SignInParts& parts, database::ReadTransaction& tx,
                       const http::Request& request) {
    TRY(check_caller(parts.realm, tx, request));
    return has_session(parts, tx, request);
}

Result<Secret> open_result(const SignInParts& parts, const http::Request& request) {
    const http::Form form = TRY(http::parse_form_body(request));
    const ReturnedOutcome returned{origin_of(request), form.find("result").value_or(""),
                                   form.find("code_verifier").value_or("")};
    return open_returned(parts.realm.keys, returned, parts.ports.clock.now());
}

}  // namespace

http::Handler sdk_recognition(SignInParts parts) {
    return [parts](const http::Request& request) -> http::Reply {
        return http::Read([parts, request](database::ReadTransaction& tx) {
            const std::string_view origin = origin_of(request);
            const auto known = recognize(parts, tx, request);
            if (known) {
                return answer_to(origin, 200,
                                 std::string(*known ? recognized_body : stranger_body));
            }
            // What is refused holds for everyone, so the page may read why.
            const auto text = interaction::text_of(interaction::problem_of(known.error().code));
            return refusal_to(origin, text.status, text.sdk_code);
        });
    };
}

http::Handler sdk_result(SignInParts parts) {
    return [parts](const http::Request& request) -> http::Reply {
        const std::string_view origin = origin_of(request);
        const auto message = open_result(parts, request);
        if (message) return answer_to(origin, 200, std::string(message->reveal()));
        const bool late = message.error().code == ErrorCode::expired;
        return refusal_to(origin, 400, late ? "expired" : "invalid_result");
    };
}

}  // namespace latchkey::endpoints
