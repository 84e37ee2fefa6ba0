#include "interaction/step.hpp"

#include <utility>

namespace latchkey::interaction {
namespace {

/// The address that a sign-in knows so far; empty if none.
struct EmailOf {
    std::string operator()(const AtStart&) const { return {}; }
    std::string operator()(const AtEmail& at) const { return at.email; }
    std::string operator()(const AtCode& at) const { return at.email; }
    std::string operator()(const SignedIn&) const { return {}; }
    std::string operator()(const Agreed&) const { return {}; }
    std::string operator()(const Cancelled&) const { return {}; }
};

State ask_again(const State& state) { return AtEmail{.email = std::visit(EmailOf{}, state)}; }

EmailView email_view(const Request& request, const Facts& facts, const AtEmail& at) {
    EmailView view{.email = at.email, .notice = at.notice};
    // In a frame on another site a browser's answer names both origins, and we refuse such answers.
    if (facts.passkeys == Facts::Passkeys::on && find_frame(request) == nullptr) {
        view.passkey = EmailView::Passkey::offered;
    }
    return view;
}

/// A person without a name is asked for one only where a scope gives it to the app.
bool needs_name(const AskingApp& app, const Profile& profile) {
    return app.wanted.claims.has(Claim::given_name) && !profile.given_name;
}

ConsentView consent_view(const AskingApp& app, const Person& person) {
    ConsentView view{.shown_to = person.id, .email = person.profile.email, .rows = {}};
    for (const ConsentItem& item : app.wanted.items) {
        ConsentRow row{.item = item, .value = value_shown(item, person.profile)};
        const bool known = (app.wanted.scopes & item.scopes).within(person.granted_before);
        if (!person.granted_before.empty() && !known) row.news = ConsentRow::News::asked_anew;
        view.rows.push_back(std::move(row));
    }
    return view;
}

/// What comes next for the person of a live session: the page for the name, the page for the
/// consent, or the end.
class ForPerson {
public:
    ForPerson(const AskingApp& app, const Person& person) : app_(app), person_(person) {}

    Next operator()(const Agreed& at) const {
        // The person may have revoked the app's connection after they agreed.
        const bool holds =
            at.user_id == person_.id && at.connection_revocations == person_.connection_revocations;
        return holds ? Next(Ending(Completed{app_.id, person_, at.granted})) : ask({});
    }
    Next operator()(const SignedIn& at) const {
        // Another account may have begun this sign-in.
        return at.user_id == person_.id ? ask(at) : ask({});
    }
    Next operator()(const AtStart&) const { return ask({}); }
    Next operator()(const AtEmail&) const { return ask({}); }
    Next operator()(const AtCode&) const { return ask({}); }
    Next operator()(const Cancelled&) const { return ask({}); }

private:
    [[nodiscard]] Next ask(const SignedIn& at) const {
        // A returning person is asked only for what is new.
        if (app_.wanted.scopes.within(person_.granted_before)) {
            return Ending(Completed{app_.id, person_, app_.wanted.scopes});
        }
        if (at.name == SignedIn::Name::open && needs_name(app_, person_.profile)) {
            return View(NameView{person_.id, person_.profile.given_name.value_or(""),
                                 person_.profile.family_name.value_or(""), at.notice});
        }
        return View(consent_view(app_, person_));
    }

    const AskingApp& app_;
    const Person& person_;
};

/// The page of a step.
class PageOf {
public:
    PageOf(const Request& request, const State& state, const Facts& facts)
        : request_(request), state_(state), facts_(facts) {}

    Next operator()(const AtEmail& at) const { return View(email_view(request_, facts_, at)); }
    Next operator()(const AtCode& at) const {
        return View(CodeView{at.email, at.notice, CodeView::Entry::typed});
    }
    Next operator()(const Cancelled&) const { return Ending(Refused{oauth::Error::access_denied}); }
    Next operator()(const AtStart&) const {
        if (request_.asked.prompt == Prompt::login) return ask_for_email();
        return for_session();
    }
    Next operator()(const SignedIn&) const { return for_session(); }
    Next operator()(const Agreed&) const { return for_session(); }

private:
    [[nodiscard]] Next ask_for_email() const { return View(email_view(request_, facts_, {})); }
    [[nodiscard]] Next for_session() const {
        if (!facts_.person) return ask_for_email();
        if (!request_.asked.app) return Ending(ToAccount{});
        return std::visit(ForPerson(*request_.asked.app, *facts_.person), state_);
    }

    const Request& request_;
    const State& state_;
    const Facts& facts_;
};

/// The page of the mail's link.
struct LinkPageOf {
    const Request& request;

    Next operator()(const AtCode& at) const {
        return View(CodeView{at.email, at.notice, CodeView::Entry::by_link});
    }
    Next operator()(const SignedIn&) const { return done(); }
    Next operator()(const Agreed&) const { return done(); }
    Next operator()(const AtStart&) const { return View(LinkElsewhereView{}); }
    Next operator()(const AtEmail&) const { return View(LinkElsewhereView{}); }
    Next operator()(const Cancelled&) const { return View(LinkElsewhereView{}); }

private:
    [[nodiscard]] Next done() const {
        if (!request.asked.app) return Ending(ToAccount{});
        return View(LinkDoneView{});
    }
};

Notice notice_of(CodeChecked::Verdict verdict) {
    switch (verdict) {
        case CodeChecked::Verdict::right: return Notice::none;
        case CodeChecked::Verdict::wrong: return Notice::wrong_code;
        case CodeChecked::Verdict::used_up: return Notice::code_used_up;
        case CodeChecked::Verdict::too_often: return Notice::too_often;
    }
    return Notice::none;
}

/// One rule for each event.
class Decide {
public:
    Decide(const Request& request, const State& state, const Facts& facts)
        : request_(request), state_(state), facts_(facts) {}

    Next operator()(const PageOpened&) const {
        return std::visit(PageOf(request_, state_, facts_), state_);
    }
    Next operator()(const LinkOpened&) const { return std::visit(LinkPageOf{request_}, state_); }
    Next operator()(const CancelAsked&) const { return GoOn{Cancelled{}}; }
    Next operator()(const OtherAddressAsked&) const { return GoOn{ask_again(state_)}; }

    Next operator()(const EmailSubmitted& event) const {
        if (!event.address) return GoOn{AtEmail{event.typed, Notice::bad_email}};
        return Question(SendCode{*event.address, Sending::first});
    }
    Next operator()(const ResendAsked&) const {
        const auto* at = std::get_if<AtCode>(&state_);
        // No code is on its way: the state has expired, or the person went back.
        if (at == nullptr) return GoOn{ask_again(state_)};
        return Question(SendCode{at->email, Sending::again});
    }
    Next operator()(const CodeSent& event) const {
        const bool again = event.sending == Sending::again;
        return GoOn{AtCode{event.email, event.challenge_id,
                           again ? Notice::code_sent_again : Notice::none}};
    }
    Next operator()(const CodeNotSent& event) const {
        const auto* at = std::get_if<AtCode>(&state_);
        // The code that is on its way stays good.
        if (at != nullptr && event.sending == Sending::again) {
            return GoOn{AtCode{at->email, at->challenge_id, Notice::too_often}};
        }
        return GoOn{AtEmail{event.email, Notice::too_often}};
    }

    Next operator()(const CodeSubmitted& event) const {
        const auto* at = std::get_if<AtCode>(&state_);
        if (at == nullptr) return GoOn{ask_again(state_)};
        return Question(CheckCode{at->challenge_id, event.typed});
    }
    Next operator()(const CodeChecked& event) const {
        const auto* at = std::get_if<AtCode>(&state_);
        if (at == nullptr) return GoOn{ask_again(state_)};  // no code was asked for
        if (event.verdict == CodeChecked::Verdict::right) {
            return Question(FindOrCreatePerson{event.email});
        }
        return GoOn{AtCode{at->email, at->challenge_id, notice_of(event.verdict)}};
    }

    Next operator()(const PasskeySubmitted& event) const {
        if (!event.answer) return (*this)(PasskeyRefused{});
        return Question(CheckPasskey{*event.answer});
    }
    Next operator()(const PasskeyRefused&) const {
        return GoOn{AtEmail{.notice = Notice::passkey_refused}};
    }
    Next operator()(const SignUpRefused& event) const {
        return GoOn{AtEmail{event.email, Notice::sign_up_closed}};
    }
    Next operator()(const PersonProved& event) const {
        return GoOn{SignedIn{.user_id = event.user_id}, StartSession{event.user_id}};
    }

    Next operator()(const NameSubmitted& event) const {
        const Person* person = addressee();
        if (person == nullptr) return GoOn{AtStart{}};
        if (!event.name) {
            return GoOn{SignedIn{.user_id = person->id, .notice = Notice::bad_name}};
        }
        return GoOn{SignedIn{.user_id = person->id}, KeepName{*person, *event.name}};
    }
    Next operator()(const NameSkipped&) const {
        const Person* person = addressee();
        if (person == nullptr) return GoOn{AtStart{}};
        return GoOn{SignedIn{.user_id = person->id, .name = SignedIn::Name::skipped}};
    }
    Next operator()(const ConsentAgreed& event) const {
        const Person* person = addressee();
        if (person == nullptr) return GoOn{AtStart{}};
        const AskingApp& app = *request_.asked.app;
        return GoOn{
            Agreed{person->id, granted(app.wanted, event.ticks), person->connection_revocations},
            RecordConsent{person->id, app.id}};
    }

private:
    /// The person who is signed in, if the form's page was shown to them; absent otherwise. Which
    /// step the state is at does not matter: they may have gone back to the page.
    [[nodiscard]] const Person* addressee() const {
        if (!request_.asked.app || !facts_.person) return nullptr;
        return facts_.person->form == Person::Form::own ? &*facts_.person : nullptr;
    }

    const Request& request_;
    const State& state_;
    const Facts& facts_;
};

struct NeedsPerson {
    bool operator()(const PageOpened&) const noexcept { return true; }
    bool operator()(const NameSubmitted&) const noexcept { return true; }
    bool operator()(const NameSkipped&) const noexcept { return true; }
    bool operator()(const ConsentAgreed&) const noexcept { return true; }
    bool operator()(const LinkOpened&) const noexcept { return false; }
    bool operator()(const EmailSubmitted&) const noexcept { return false; }
    bool operator()(const CodeSubmitted&) const noexcept { return false; }
    bool operator()(const ResendAsked&) const noexcept { return false; }
    bool operator()(const OtherAddressAsked&) const noexcept { return false; }
    bool operator()(const CancelAsked&) const noexcept { return false; }
    bool operator()(const PasskeySubmitted&) const noexcept { return false; }
    bool operator()(const CodeSent&) const noexcept { return false; }
    bool operator()(const CodeNotSent&) const noexcept { return false; }
    bool operator()(const CodeChecked&) const noexcept { return false; }
    bool operator()(const PasskeyRefused&) const noexcept { return false; }
    bool operator()(const SignUpRefused&) const noexcept { return false; }
    bool operator()(const PersonProved&) const noexcept { return false; }
};

/// OIDC Core 3.1.2.6: what an app that allows no page is told instead of each.
struct RefusalOf {
    using Error = oauth::Error;
    Error operator()(const EmailView&) const noexcept { return Error::login_required; }
    Error operator()(const CodeView&) const noexcept { return Error::login_required; }
    Error operator()(const NameView&) const noexcept { return Error::interaction_required; }
    Error operator()(const ConsentView&) const noexcept { return Error::consent_required; }
    Error operator()(const LinkDoneView&) const noexcept { return Error::interaction_required; }
    Error operator()(const LinkElsewhereView&) const noexcept {
        return Error::interaction_required;
    }
};

}  // namespace

bool needs_person(const Event& event) noexcept { return std::visit(NeedsPerson{}, event); }

Next step(const Request& request, const State& state, const Event& event, const Facts& facts) {
    Next next = std::visit(Decide(request, state, facts), event);
    if (request.asked.prompt != Prompt::none) return next;
    const auto* page = std::get_if<View>(&next);
    if (page == nullptr) return next;
    return Ending(Refused{std::visit(RefusalOf{}, *page)});
}

}  // namespace latchkey::interaction
