// GET /sign-in: shows the step that the browser's state and session lead to. Writes nothing.

#include <utility>

#include "endpoints/sign_in/flow.hpp"
#include "endpoints/sign_in/person.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "store/client_logos.hpp"
#include "store/connections.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::endpoints {
namespace {

/// One request for the page, as far as it is known.
struct Visit {
    const SignInServices& services;
    database::ReadTransaction& tx;
    const http::Request& request;
    const pages::SignInView& view;
    const interaction::StatePlace& place;
    Timestamp now;
};

Result<http::Response> complete(const Visit& visit, const people::User& user, ScopeSet granted) {
    const tokens::ConsentGrant grant{visit.view.sign_in.client.id, user.id, granted,
                                     visit.view.sign_in.origin};
    const Secret token =
        TRY(tokens::issue_consent_token(visit.services.delegation, visit.tx, grant, visit.now));
    const std::string scopes = granted.text();
    const pages::Completion completion{user.profile.email, user.profile.email_verified, scopes,
                                       token.reveal()};
    auto response =
        deliver(visit.services, visit.view, pages::completed(visit.view.sign_in, completion));
    response.with("Set-Cookie", drop_state_cookie(visit.place));
    return response;
}

/// The account page is ours: there is nothing to consent to.
http::Response to_account(const Visit& visit) {
    return http::see_other("/account").with("Set-Cookie", drop_state_cookie(visit.place));
}

/// Name, consent or outcome, for a person who is known.
Result<http::Response> show_to_person(const Visit& visit, const interaction::SignInState& state,
                                      const people::User& user) {
    const interaction::SignInRequest& sign_in = visit.view.sign_in;
    if (sign_in.purpose == interaction::SignInRequest::Purpose::account) return to_account(visit);
    const auto connection = TRY(store::find_connection(visit.tx, user.id, sign_in.client.id));
    // A state that another account began says nothing about this one.
    const bool same_person = state.user_id == user.id;
    if (state.step == interaction::Step::agreed && same_person &&
        state.connection_epoch == tokens::connection_epoch(connection)) {
        return complete(visit, user, state.granted);
    }
    // A returning person is asked only for what is new.
    const bool live = connection && connection->state == ConnectionState::live;
    const ScopeSet granted_before = live ? connection->scopes : ScopeSet();
    if (sign_in.scopes.within(granted_before)) return complete(visit, user, sign_in.scopes);

    const std::string person =
        interaction::person_token(visit.services.delegation.keys, visit.view.form_token, user.id);
    pages::SignInView view = visit.view;
    view.person_token = person;
    const interaction::NameChoice choice = same_person ? state.name : interaction::NameChoice::open;
    if (needs_name(sign_in, user) && choice == interaction::NameChoice::open) {
        return pages::name_page(view, state, user.profile);
    }
    view.app_logo = TRY(store::find_client_logo_label(visit.tx, sign_in.client.id));
    return pages::consent_page(view, user.profile, granted_before);
}

http::Response ask_for_email(const Visit& visit, const interaction::SignInState& state) {
    const webauthn::Passkeys& passkeys = visit.services.passkeys;
    // In a frame on another site, an answer would name both origins: it would not be taken.
    const bool in_frame = visit.view.sign_in.mode == interaction::SignInRequest::Mode::frame;
    if (!passkeys.enabled() || in_frame) return pages::email_page(visit.view, state);
    pages::SignInView view = visit.view;
    view.passkey = {passkeys.sign_in_challenge(visit.place.browser_secret, visit.now),
                    passkeys.party().id};
    return pages::email_page(view, state);
}

Result<http::Response> show_step(const Visit& visit, const interaction::SignInState& state) {
    const bool signs_in_again =
        visit.view.sign_in.prompt == interaction::SignInRequest::Prompt::login;
    switch (state.step) {
        case interaction::Step::email: return ask_for_email(visit, state);
        case interaction::Step::code:
            return pages::code_page(visit.view, state, pages::CodeEntry::typed);
        case interaction::Step::cancelled: {
            auto response =
                deliver(visit.services, visit.view, pages::cancelled(visit.view.sign_in));
            response.with("Set-Cookie", drop_state_cookie(visit.place));
            return response;
        }
        case interaction::Step::start:
            if (signs_in_again) return ask_for_email(visit, state);
            break;
        case interaction::Step::signed_in:
        case interaction::Step::agreed: break;
    }
    const auto user = TRY(find_person(visit.services, visit.tx, visit.view.sign_in, visit.request));
    if (!user) return ask_for_email(visit, state);
    return show_to_person(visit, state, *user);
}

Result<http::Response> show_sign_in(const SignInServices& services, const http::Request& request) {
    const http::Transport transport = services.options.transport;
    const auto tx = TRY(services.delegation.database.read());
    const interaction::SignInRequest sign_in = TRY(interaction::read_sign_in_request(*tx, request));
    const auto known_secret = interaction::find_browser_secret(request, transport);
    const std::string secret = known_secret
                                   ? std::string(*known_secret)
                                   : interaction::make_browser_secret(services.delegation.random);

    const keys::KeyRing& keys = services.delegation.keys;
    const Timestamp now = services.delegation.clock.now();
    const interaction::StatePlace place{keys, sign_in, secret, transport};
    const interaction::SignInState state = interaction::find_state(place, request, now);
    const std::string token = form_token(keys, secret, sign_in);
    const auto view = make_view(services, sign_in, texts_for(request), token);

    auto shown = show_step({services, *tx, request, view, place, now}, state);
    if (!shown && sign_in.purpose == interaction::SignInRequest::Purpose::account) {
        return Failure(shown.error());
    }
    http::Response response =
        shown ? std::move(*shown) : deliver(services, view, pages::failed(sign_in, shown.error()));
    if (!known_secret) response.with("Set-Cookie", browser_cookie(secret, sign_in, transport));
    return response;
}

}  // namespace

http::Handler sign_in_page(SignInServices services) {
    return [services](const http::Request& request) -> http::Reply {
        auto shown = show_sign_in(services, request);
        if (shown) return std::move(*shown);
        return refuse(services, request, shown.error());
    };
}

}  // namespace latchkey::endpoints
