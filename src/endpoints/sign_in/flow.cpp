#include "endpoints/sign_in/flow.hpp"

#include <utility>

#include "crypto/constant_time.hpp"
#include "endpoints/sign_in/return.hpp"
#include "people/sessions.hpp"

namespace latchkey::endpoints {
namespace {

Failure not_our_form() {
    return fail(ErrorCode::unauthenticated, "This form is out of date. Start again.");
}

/// Runs the work of a form. A failure after the request was found good is told to the opener too.
http::Response answer(const SignInServices& services, const Submission& submission,
                      const http::Request& request, FormWork work) {
    auto response = work(services, submission, request);
    if (response) return std::move(*response);
    if (submission.sign_in.purpose == interaction::SignInRequest::Purpose::account) {
        return refuse(services, request, response.error());
    }
    return deliver(services, make_view(services, submission.sign_in, texts_for(request), {}),
                   pages::failed(submission.sign_in, response.error()));
}

}  // namespace

// Our pages have no referrer, so Origin is "null" even from them (Fetch 3.2); where a browser says
// more, it must name us.
bool may_be_ours(const http::Request& request, std::string_view public_origin) {
    const auto site = request.header("Sec-Fetch-Site");
    if (site) return *site == "same-origin";
    const auto origin = request.header("Origin");
    return !origin || *origin == "null" || *origin == public_origin;
}

http::Response deliver(const SignInServices& services, const pages::SignInView& view,
                       const pages::Outcome& outcome) {
    if (view.sign_in.mode != interaction::SignInRequest::Mode::redirect)
        return pages::done_page(view, outcome);
    return http::see_other(return_url(services.delegation.keys, view.sign_in, outcome.message,
                                      services.delegation.clock.now()))
        .with("Cache-Control", "no-store");
}

http::Response refuse(const SignInServices& services, const http::Request& request,
                      const Error& error) {
    return pages::error_page(error, setting_for(services, request));
}

Result<Submission> read_submission(const SignInServices& services, const http::Request& request) {
    if (!may_be_ours(request, services.options.public_origin)) return not_our_form();
    http::Form form = TRY(http::parse_form_body(request));
    const auto tx = TRY(services.delegation.database.read());
    interaction::SignInRequest sign_in = TRY(interaction::read_sign_in_request(*tx, request));
    const http::Transport transport = services.options.transport;
    const auto browser_secret = interaction::find_browser_secret(request, transport);
    if (!browser_secret) return not_our_form();

    const keys::KeyRing& keys = services.delegation.keys;
    const std::string expected = form_token(keys, *browser_secret, sign_in);
    const std::string_view token = form.find("token").value_or("");
    if (!crypto::equal_constant_time(as_bytes(expected), as_bytes(token))) return not_our_form();

    interaction::SignInState state = interaction::find_state(
        {keys, sign_in, *browser_secret, transport}, request, services.delegation.clock.now());
    return Submission{std::move(sign_in), std::move(form), std::string(*browser_secret),
                      std::move(state)};
}

http::Response go_on(const SignInServices& services, const Submission& submission,
                     const interaction::SignInState& next, std::vector<std::string> more_cookies) {
    const interaction::StatePlace place{services.delegation.keys, submission.sign_in,
                                        submission.browser_secret, services.options.transport};
    const bool by_link = submission.form.find("via") == "link";
    auto response =
        http::see_other(by_link ? submission.sign_in.link_url() : submission.sign_in.url());
    response.with("Cache-Control", "no-store")
        .with("Set-Cookie", state_cookie(place, next, services.delegation.clock.now()));
    for (std::string& cookie : more_cookies) response.with("Set-Cookie", std::move(cookie));
    return response;
}

http::Handler form_handler(SignInServices services, NeedsWriting needs_writing, FormWork work) {
    return [services, needs_writing, work](const http::Request& request) -> http::Reply {
        auto submission = read_submission(services, request);
        if (!submission) return refuse(services, request, submission.error());
        if (needs_writing(*submission) == Writes::no) {
            return answer(services, *submission, request, work);
        }
        return http::Write(
            [services, work, request, form = std::move(*submission)](database::WriteGroup&) {
                return answer(services, form, request, work);
            });
    };
}

Result<std::optional<people::User>> find_person(const SignInServices& services,
                                                database::ReadTransaction& tx,
                                                const interaction::SignInRequest& sign_in,
                                                const http::Request& request) {
    const auto secret = http::find_cookie(request, session_cookie_of(sign_in.mode).name,
                                          services.options.transport);
    if (!secret) return std::nullopt;
    const Timestamp now = services.delegation.clock.now();
    const auto session = TRY(people::find_session(tx, *secret, now));
    if (!session) return std::nullopt;
    return people::find_user(tx, services.delegation.keys, session->user_id);
}

Result<std::optional<people::User>> find_addressee(const SignInServices& services,
                                                   database::ReadTransaction& tx,
                                                   const Submission& submission,
                                                   const http::Request& request) {
    auto user = TRY(find_person(services, tx, submission.sign_in, request));
    if (!user) return std::nullopt;
    const std::string expected = interaction::person_token(
        services.delegation.keys, submission.form.find("token").value_or(""), user->id);
    if (submission.form.find("person") != expected) return std::nullopt;
    return user;
}

const rendering::Catalogue& texts_for(const http::Request& request) {
    const auto form = http::parse_query(request);
    const std::string_view asked = form ? form->find("locale").value_or("") : std::string_view();
    return rendering::choose_catalogue(asked, request.header("Accept-Language").value_or(""));
}

pages::Setting setting_for(const SignInServices& services, const http::Request& request) {
    return pages::make_setting(texts_for(request), services.options.brand,
                               services.delegation.random);
}

pages::SignInView make_view(const SignInServices& services,
                            const interaction::SignInRequest& sign_in,
                            const rendering::Catalogue& texts, std::string_view form_token) {
    auto setting = pages::make_setting(texts, services.options.brand, services.delegation.random);
    // RFC 9700 4.16: no frame but in the page of the origin that the app has registered.
    if (sign_in.mode == interaction::SignInRequest::Mode::frame)
        setting.frame_origin = sign_in.origin;
    if (sign_in.mode == interaction::SignInRequest::Mode::redirect)
        setting.return_origin = sign_in.origin;
    return {.sign_in = sign_in,
            .setting = std::move(setting),
            .form_token = form_token,
            .person_token = {},
            .passkey = {},
            .app_logo = {}};
}

audit::Context source_of(const http::Request& request) {
    return {"user", request.request_id, request.peer_address};
}

}  // namespace latchkey::endpoints
