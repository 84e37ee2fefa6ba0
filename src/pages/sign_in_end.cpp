#include "pages/sign_in_end.hpp"

#include <string>
#include <utility>

#include "interaction/problem.hpp"
#include "json/writer.hpp"
#include "oauth/error.hpp"

namespace latchkey::pages {
namespace {

template <class Detail>
Secret message(const interaction::Request& sign_in, std::string_view type, Detail write_detail) {
    std::string json;
    json::Writer writer(json);
    writer.begin_object()
        .field("source", "latchkey")
        .field("flow", interaction::opener_of(sign_in).flow)
        .field("type", type);
    write_detail(writer);
    writer.end_object();
    return Secret(std::move(json));
}

struct ErrorDetail {
    std::string_view code;
    std::string_view message;
};

Secret error_message(const interaction::Request& sign_in, const ErrorDetail& error) {
    return message(sign_in, "error", [&error](json::Writer& writer) {
        writer.key("detail").begin_object();
        writer.field("code", error.code);
        writer.field("message", error.message).end_object();
    });
}

}  // namespace

SignInEnd completed(const interaction::Request& sign_in, const Completion& completion) {
    return {SignInEnd::Kind::completed, 200,
            message(sign_in, "completed", [&completion](json::Writer& writer) {
                writer.key("detail").begin_object();
                writer.field("email", completion.email);
                writer.key("emailVerified").boolean(completion.email_verified);
                writer.field("consentedScopes", completion.consented_scopes);
                writer.key("signedIn").boolean(true);
                writer.field("shopConsentToken", completion.consent_token).end_object();
            })};
}

SignInEnd refused(const interaction::Request& sign_in, const interaction::Refused& refusal) {
    if (refusal.error == oauth::Error::access_denied) {
        return {SignInEnd::Kind::cancelled, 200,
                message(sign_in, "cancelled", [](json::Writer&) {})};
    }
    const oauth::ErrorRow& row = oauth::row_of(refusal.error);
    return {SignInEnd::Kind::failed, row.status,
            error_message(sign_in, {row.name, row.description.view()})};
}

SignInEnd failed(const interaction::Request& sign_in, const Error& error) {
    const auto text = interaction::text_of(interaction::problem_of(error.code));
    return {SignInEnd::Kind::failed, text.status,
            error_message(sign_in, {text.sdk_code, error.public_text.view()})};
}

}  // namespace latchkey::pages
