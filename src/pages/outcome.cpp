#include "pages/outcome.hpp"

#include <string>
#include <utility>

#include "json/writer.hpp"
#include "pages/error_row.hpp"

namespace latchkey::pages {
namespace {

template <class Detail>
Secret message(const interaction::SignInRequest& sign_in, std::string_view type,
               Detail write_detail) {
    std::string json;
    json::Writer writer(json);
    writer.begin_object();
    writer.field("source", "latchkey").field("flow", sign_in.flow).field("type", type);
    write_detail(writer);
    writer.end_object();
    return Secret(std::move(json));
}

}  // namespace

Outcome completed(const interaction::SignInRequest& sign_in, const Completion& completion) {
    return {Outcome::Kind::completed, 200,
            message(sign_in, "completed", [&completion](json::Writer& writer) {
                writer.key("detail").begin_object();
                writer.field("email", completion.email);
                writer.key("emailVerified").boolean(completion.email_verified);
                writer.field("consentedScopes", completion.consented_scopes);
                writer.key("signedIn").boolean(true);
                writer.field("shopConsentToken", completion.consent_token).end_object();
            })};
}

Outcome cancelled(const interaction::SignInRequest& sign_in) {
    return {Outcome::Kind::cancelled, 200, message(sign_in, "cancelled", [](json::Writer&) {})};
}

Outcome failed(const interaction::SignInRequest& sign_in, const Error& error) {
    const ErrorRow row = error_row(error.code);
    return {Outcome::Kind::failed, row.status, message(sign_in, "error", [&](json::Writer& writer) {
                writer.key("detail").begin_object();
                writer.field("code", row.sdk_code);
                writer.field("message", error.public_text.view()).end_object();
            })};
}

}  // namespace latchkey::pages
