#include "endpoints/sign_in/perform.hpp"

#include <utility>

#include "people/email_codes.hpp"
#include "people/proved_address.hpp"
#include "people/sessions.hpp"
#include "people/users.hpp"
#include "realm/act.hpp"
#include "webauthn/passkeys.hpp"

namespace latchkey::endpoints {
namespace {

using interaction::CodeChecked;
using interaction::Event;

CodeChecked::Verdict verdict_of(people::CodeVerdict verdict) {
    switch (verdict) {
        case people::CodeVerdict::right: return CodeChecked::Verdict::right;
        case people::CodeVerdict::wrong: return CodeChecked::Verdict::wrong;
        case people::CodeVerdict::used_up: return CodeChecked::Verdict::used_up;
    }
    return CodeChecked::Verdict::used_up;
}

/// How each question is answered.
class Answer {
public:
    Answer(const Visit& visit, database::WriteTransaction& tx) : visit_(visit), tx_(tx) {}

    Result<Event> operator()(const interaction::SendCode& wanted) const {
        const realm::Realm& realm = visit_.parts.realm;
        const std::string link = realm.public_origin + "/sign-in/link?" +
                                 interaction::query_of(visit_.sign_in) + "#code=";
        const people::CodeRequest request{.email = wanted.email,
                                          .browser_secret = visit_.browser_secret,
                                          .peer_address = visit_.request.peer_address,
                                          .app_name = visit_.sign_in.audience(realm.brand.name),
                                          .locale = visit_.texts.locale(),
                                          .link_to_code = link};
        const auto challenge = visit_.parts.codes.start(tx_, request, visit_.now);
        if (challenge) return interaction::CodeSent{wanted.email, *challenge, wanted.sending};
        if (challenge.error().code != ErrorCode::rate_limited) return Failure(challenge.error());
        return interaction::CodeNotSent{wanted.email, wanted.sending};
    }
    Result<Event> operator()(const interaction::CheckCode& wanted) const {
        const people::CodeAnswer typed{wanted.challenge_id, wanted.typed, visit_.browser_secret,
                                       visit_.request.peer_address};
        auto checked = visit_.parts.codes.check(tx_, typed, visit_.now);
        if (checked) return CodeChecked{verdict_of(checked->verdict), std::move(checked->email)};
        if (checked.error().code != ErrorCode::rate_limited) return Failure(checked.error());
        return CodeChecked{CodeChecked::Verdict::too_often};
    }
    Result<Event> operator()(const interaction::CheckPasskey& wanted) const {
        const interaction::PasskeyAnswer& given = wanted.answer;
        const auto user_id = visit_.parts.passkeys.check(
            tx_, visit_.browser_secret,
            {given.credential_id, given.client_data, given.authenticator_data, given.signature,
             given.user_handle},
            visit_.now);
        if (user_id) return interaction::PersonProved{*user_id};
        if (class_of(user_id.error().code) != ErrorClass::caller) return Failure(user_id.error());
        return interaction::PasskeyRefused{};
    }
    Result<Event> operator()(const interaction::FindOrCreatePerson& wanted) const {
        const audit::Context source = visit_.source();
        const realm::Act act{visit_.parts.realm, visit_.parts.ports.random, visit_.now, source};
        const auto person = TRY(people::find_or_create_person(act, tx_, wanted.email));
        if (!person) return interaction::SignUpRefused{wanted.email};
        return interaction::PersonProved{person->id};
    }

private:
    const Visit& visit_;
    database::WriteTransaction& tx_;
};

/// How each write is done.
class Perform {
public:
    using Cookies = std::vector<std::string>;

    Perform(const Visit& visit, database::WriteTransaction& tx) : visit_(visit), tx_(tx) {}

    /// Starts a session with a new secret, and ends the one that this browser had.
    Result<Cookies> operator()(const interaction::StartSession& write) const {
        const http::Transport transport = transport_of(visit_.parts.realm);
        const SessionCookie place = session_cookie_of(visit_.sign_in);
        const people::NewSession wanted{visit_.parts.realm.id(), write.user_id,
                                        http::find_cookie(visit_.request, place.name, transport),
                                        visit_.request.header("User-Agent").value_or(""),
                                        visit_.parts.realm.lifetimes.session};
        const Secret session =
            TRY(people::start_session(tx_, visit_.parts.ports.random, wanted, visit_.now));
        audit::Subject subject{write.user_id, std::nullopt};
        if (const auto& app = visit_.sign_in.asked.app) subject.client_id = app->id;
        TRY(audit::append(tx_, visit_.keys().realm(), audit::Event::session_started, subject,
                          visit_.now, visit_.source()));
        const http::Cookie cookie{place.name, session.reveal(), place.same_site, wanted.lifetime};
        return Cookies{http::set_cookie(cookie, transport)};
    }
    Result<Cookies> operator()(const interaction::KeepName& write) const {
        Profile profile = write.person.profile;
        profile.given_name = write.name.given_name;
        profile.family_name = write.name.family_name;
        (void)TRY(people::update_user(tx_, visit_.keys(), visit_.parts.ports.random,
                                      write.person.id, std::move(profile), visit_.now));
        return Cookies{};
    }
    /// The connection itself is made when the app exchanges its token.
    Result<Cookies> operator()(const interaction::RecordConsent& write) const {
        TRY(audit::append(tx_, visit_.keys().realm(), audit::Event::consent_agreed,
                          {write.user_id, write.client_id}, visit_.now, visit_.source()));
        return Cookies{};
    }

private:
    const Visit& visit_;
    database::WriteTransaction& tx_;
};

}  // namespace

Result<interaction::Event> answer(const Visit& visit, database::WriteTransaction& tx,
                                  const interaction::Question& question) {
    return std::visit(Answer(visit, tx), question);
}

Result<std::vector<std::string>> perform(const Visit& visit, database::WriteTransaction& tx,
                                         const interaction::Write& write) {
    return std::visit(Perform(visit, tx), write);
}

}  // namespace latchkey::endpoints
