// A row for every pair of step and event, in five situations: an app asks and a person is signed
// in, an app asks and nobody is, an app that allows no page asks (with a person and with nobody),
// and our own account page asks. An event without a row, or a step without a column, does not
// build.

#include "interaction/step.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latchkey::interaction {
namespace {

constexpr UserId user(std::uint8_t number) {
    UserId id;
    id.bytes[15] = number;
    return id;
}

constexpr UserId ada = user(1);
constexpr UserId eve = user(2);

constexpr ChallengeId challenge(std::uint8_t number) {
    ChallengeId id;
    id.bytes[15] = number;
    return id;
}

ScopeSet scopes(std::string_view names) { return contract_scopes().parse(names).value(); }

Request app_request() {
    AskingApp app;
    app.id.bytes[15] = 9;
    app.name = "Shop";
    app.host = "shop.example";
    app.scope = "openid email profile phone";
    app.wanted = make_wanted(contract_scopes(), scopes(app.scope));
    return {{app, std::nullopt, ""}, SdkMessage{"https://shop.example", "flow", {}}};
}

Request account_request() { return {{std::nullopt, std::nullopt, ""}, OwnAccount{}}; }

/// The same app, which allows no page.
Request silent_request() {
    Request request = app_request();
    request.asked.prompt = Prompt::none;
    return request;
}

/// Ada is signed in, has a name, and is asked for more than nothing.
Facts signed_in_facts() {
    Person person{.id = ada, .profile = {}, .granted_before = {}, .connection_revocations = 3};
    person.profile.email = "ada@x.org";
    person.profile.given_name = "Ada";
    person.profile.family_name = "King";
    person.form = Person::Form::own;
    return {person, Facts::Passkeys::on};
}

// What an event is to the table: some alternatives decide by what they carry.
enum class Sample : std::uint8_t {
    page_opened,
    link_opened,
    email_submitted,
    no_email_submitted,
    code_submitted,
    resend_asked,
    other_address_asked,
    cancel_asked,
    passkey_submitted,
    no_passkey_submitted,
    name_submitted,
    no_name_submitted,
    name_skipped,
    consent_agreed,
    code_sent,
    code_sent_again,
    code_not_sent,
    code_not_sent_again,
    code_right,
    code_wrong,
    code_used_up,
    tries_too_often,
    passkey_refused,
    sign_up_refused,
    person_proved,
};
constexpr std::size_t sample_count = static_cast<std::size_t>(Sample::person_proved) + 1;

constexpr PasskeyAnswer a_passkey_answer() {
    return {.credential_id = Bytes(1, 'a'),
            .client_data = Bytes(1, 'b'),
            .authenticator_data = Bytes(1, 'c'),
            .signature = Bytes(1, 'd'),
            .user_handle = Bytes(1, 'e')};
}

constexpr Event event_of(Sample sample) {
    using enum Sample;
    using Verdict = CodeChecked::Verdict;
    const std::string address = "new@x.org";
    switch (sample) {
        case page_opened: return PageOpened{};
        case link_opened: return LinkOpened{};
        case email_submitted: return EmailSubmitted{"New@x.org", address};
        case no_email_submitted: return EmailSubmitted{"new@", std::nullopt};
        case code_submitted: return CodeSubmitted{"123456"};
        case resend_asked: return ResendAsked{};
        case other_address_asked: return OtherAddressAsked{};
        case cancel_asked: return CancelAsked{};
        case passkey_submitted: return PasskeySubmitted{a_passkey_answer()};
        case no_passkey_submitted: return PasskeySubmitted{std::nullopt};
        case name_submitted: return NameSubmitted{PersonName{"Ada", "Lovelace"}};
        case no_name_submitted: return NameSubmitted{std::nullopt};
        case name_skipped: return NameSkipped{};
        case consent_agreed: return ConsentAgreed{};
        case code_sent: return CodeSent{address, challenge(7), Sending::first};
        case code_sent_again: return CodeSent{address, challenge(7), Sending::again};
        case code_not_sent: return CodeNotSent{address, Sending::first};
        case code_not_sent_again: return CodeNotSent{address, Sending::again};
        case code_right: return CodeChecked{Verdict::right, "own@x.org"};
        case code_wrong: return CodeChecked{Verdict::wrong, ""};
        case code_used_up: return CodeChecked{Verdict::used_up, ""};
        case tries_too_often: return CodeChecked{Verdict::too_often, ""};
        case passkey_refused: return PasskeyRefused{};
        case sign_up_refused: return SignUpRefused{address};
        case person_proved: return PersonProved{eve};
    }
    return PageOpened{};
}

/// Every alternative of Event has a sample, and so a row.
constexpr bool covers_every_event() {
    std::array<bool, event_count> seen{};
    for (std::size_t i = 0; i < sample_count; ++i) {
        seen[event_of(static_cast<Sample>(i)).index()] = true;
    }
    return std::ranges::all_of(seen, std::identity());
}
static_assert(covers_every_event());

State state_of(std::size_t step) {
    const std::array<State, step_count> states{
        AtStart{},
        AtEmail{"old@", Notice::bad_email},
        AtCode{"old@x.org", challenge(5), Notice::none},
        SignedIn{.user_id = ada, .notice = Notice::bad_name},
        Agreed{ada, scopes("openid email"), 3},
        Cancelled{},
    };
    return states[step];
}

std::string_view name_of(Notice notice) {
    const auto text = text_of(notice);
    return text ? text->key.substr(text->key.find('.')) : "";
}

std::string with_notice(std::string text, Notice notice) { return text.append(name_of(notice)); }

// Each text has every field, so that a step that loses one is seen.

std::string name_of(UserId id) { return id == ada ? "ada" : id == eve ? "eve" : "nobody"; }
std::string names_of(ScopeSet granted) { return contract_scopes().text(granted); }

std::string text_of(const Person& person) {
    const Profile& profile = person.profile;
    return name_of(person.id) + "<" + profile.email + " " + profile.given_name.value_or("-") + " " +
           profile.family_name.value_or("-") + " " + names_of(person.granted_before) + " " +
           std::to_string(person.connection_revocations) + ">";
}

struct StateText {
    std::string operator()(const AtStart&) const { return "start"; }
    std::string operator()(const AtEmail& at) const {
        return with_notice("email(" + at.email + ")", at.notice);
    }
    std::string operator()(const AtCode& at) const {
        const std::string number = std::to_string(at.challenge_id.bytes[15]);
        return with_notice("code(" + at.email + " " + number + ")", at.notice);
    }
    std::string operator()(const SignedIn& at) const {
        const bool skipped = at.name == SignedIn::Name::skipped;
        return with_notice(name_of(at.user_id) + (skipped ? " nameless" : ""), at.notice);
    }
    std::string operator()(const Agreed& at) const {
        return "agreed(" + name_of(at.user_id) + ": " + names_of(at.granted) + ", " +
               std::to_string(at.connection_revocations) + ")";
    }
    std::string operator()(const Cancelled&) const { return "cancelled"; }
};

struct WriteText {
    std::string operator()(const StartSession& write) const {
        return "session of " + name_of(write.user_id);
    }
    std::string operator()(const KeepName& write) const {
        return "name " + write.name.given_name + " " + write.name.family_name.value_or("-") +
               " of " + text_of(write.person);
    }
    std::string operator()(const RecordConsent& write) const {
        return "consent of " + name_of(write.user_id) + " to app " +
               std::to_string(write.client_id.bytes[15]);
    }
};

struct QuestionText {
    std::string operator()(const SendCode& ask) const {
        return "send? " + ask.email + (ask.sending == Sending::again ? " again" : "");
    }
    std::string operator()(const CheckCode& ask) const {
        return "check? " + std::to_string(ask.challenge_id.bytes[15]) + " " + ask.typed;
    }
    std::string operator()(const CheckPasskey& ask) const {
        std::string out = "passkey?";
        for (const Bytes& part :
             {ask.answer.credential_id, ask.answer.client_data, ask.answer.authenticator_data,
              ask.answer.signature, ask.answer.user_handle}) {
            out.append(" ").append(part.begin(), part.end());
        }
        return out;
    }
    std::string operator()(const FindOrCreatePerson& ask) const { return "person? " + ask.email; }
};

struct ViewText {
    std::string operator()(const EmailView& view) const {
        const bool offered = view.passkey == EmailView::Passkey::offered;
        return with_notice("[email(" + view.email + (offered ? " or passkey)" : ")"), view.notice) +
               "]";
    }
    std::string operator()(const CodeView& view) const {
        const bool link = view.entry == CodeView::Entry::by_link;
        return with_notice("[code(" + view.email + ")" + (link ? " by link" : ""), view.notice) +
               "]";
    }
    std::string operator()(const NameView& view) const {
        return with_notice("[name of " + name_of(view.shown_to) + ": (" + view.given_name + ")(" +
                               view.family_name + ")",
                           view.notice) +
               "]";
    }
    std::string operator()(const ConsentView& view) const {
        std::string out = "[consent of " + name_of(view.shown_to) + " " + view.email + ":";
        for (const ConsentRow& row : view.rows) {
            out.append(" ").append(row.item.key).append("=").append(row.value);
            if (row.news == ConsentRow::News::asked_anew) out += '!';
        }
        return out + "]";
    }
    std::string operator()(const LinkDoneView&) const { return "[link done]"; }
    std::string operator()(const LinkElsewhereView&) const { return "[link elsewhere]"; }
};

struct EndingText {
    std::string operator()(const Completed& ending) const {
        EXPECT_EQ(ending.client_id, app_request().asked.app->id);
        return "completed(" + text_of(ending.person) + ": " + names_of(ending.granted) + ")";
    }
    std::string operator()(const Refused& ending) const {
        const oauth::ErrorRow& row = oauth::row_of(ending.error);
        EXPECT_TRUE(row.endpoints.has(oauth::Endpoint::authorization)) << row.name;
        return std::string(row.name);
    }
    std::string operator()(const ToAccount&) const { return "account"; }
};

struct NextText {
    std::string operator()(const Question& ask) const { return std::visit(QuestionText{}, ask); }
    std::string operator()(const GoOn& on) const {
        const std::string state = std::visit(StateText{}, on.state);
        return on.write ? std::visit(WriteText{}, *on.write) + " > " + state : "> " + state;
    }
    std::string operator()(const View& view) const { return std::visit(ViewText{}, view); }
    std::string operator()(const Ending& end) const { return std::visit(EndingText{}, end); }
};

std::string text_of(const Next& next) { return std::visit(NextText{}, next); }

using Cells = std::array<std::string_view, step_count>;
struct Row {
    Sample sample;
    Cells next;  // at start, at email, at code, signed in, agreed, cancelled
};

/// The same, wherever the sign-in stands.
constexpr Cells everywhere(std::string_view next) { return {next, next, next, next, next, next}; }

using Table = std::array<Row, sample_count>;

constexpr bool is_whole(const Table& table) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (static_cast<std::size_t>(table[i].sample) != i) return false;
        for (const std::string_view cell : table[i].next) {
            if (cell.empty()) return false;
        }
    }
    return true;
}

void expect_table(const Table& table, const Request& request, const Facts& facts) {
    for (const Row& row : table) {
        for (std::size_t at = 0; at < step_count; ++at) {
            const Next next = step(request, state_of(at), event_of(row.sample), facts);
            EXPECT_EQ(text_of(next), row.next[at])
                << "event " << static_cast<int>(row.sample) << " at step " << at;
        }
    }
}

constexpr std::string_view to_consent = "consent of ada to app 9 > agreed(ada: openid email, 3)";
constexpr std::string_view consent_page =
    "[consent of ada ada@x.org: email=ada@x.org profile=Ada King phone=]";

constexpr Table signed_in_table{{
    {Sample::page_opened,
     {consent_page, "[email(old@ or passkey).bad_email]", "[code(old@x.org)]", consent_page,
      "completed(ada<ada@x.org Ada King  3>: openid email)", "access_denied"}},
    {Sample::link_opened,
     {"[link elsewhere]", "[link elsewhere]", "[code(old@x.org) by link]", "[link done]",
      "[link done]", "[link elsewhere]"}},
    {Sample::email_submitted, everywhere("send? new@x.org")},
    {Sample::no_email_submitted, everywhere("> email(new@).bad_email")},
    {Sample::code_submitted,
     {"> email()", "> email(old@)", "check? 5 123456", "> email()", "> email()", "> email()"}},
    {Sample::resend_asked,
     {"> email()", "> email(old@)", "send? old@x.org again", "> email()", "> email()",
      "> email()"}},
    {Sample::other_address_asked,
     {"> email()", "> email(old@)", "> email(old@x.org)", "> email()", "> email()", "> email()"}},
    {Sample::cancel_asked, everywhere("> cancelled")},
    {Sample::passkey_submitted, everywhere("passkey? a b c d e")},
    {Sample::no_passkey_submitted, everywhere("> email().passkey_refused")},
    {Sample::name_submitted, everywhere("name Ada Lovelace of ada<ada@x.org Ada King  3> > ada")},
    {Sample::no_name_submitted, everywhere("> ada.bad_name")},
    {Sample::name_skipped, everywhere("> ada nameless")},
    {Sample::consent_agreed, everywhere(to_consent)},
    {Sample::code_sent, everywhere("> code(new@x.org 7)")},
    {Sample::code_sent_again, everywhere("> code(new@x.org 7).code_sent_again")},
    {Sample::code_not_sent, everywhere("> email(new@x.org).too_often")},
    {Sample::code_not_sent_again,
     {"> email(new@x.org).too_often", "> email(new@x.org).too_often",
      "> code(old@x.org 5).too_often", "> email(new@x.org).too_often",
      "> email(new@x.org).too_often", "> email(new@x.org).too_often"}},
    {Sample::code_right,
     {"> email()", "> email(old@)", "person? own@x.org", "> email()", "> email()", "> email()"}},
    {Sample::code_wrong,
     {"> email()", "> email(old@)", "> code(old@x.org 5).wrong_code", "> email()", "> email()",
      "> email()"}},
    {Sample::code_used_up,
     {"> email()", "> email(old@)", "> code(old@x.org 5).code_used_up", "> email()", "> email()",
      "> email()"}},
    {Sample::tries_too_often,
     {"> email()", "> email(old@)", "> code(old@x.org 5).too_often", "> email()", "> email()",
      "> email()"}},
    {Sample::passkey_refused, everywhere("> email().passkey_refused")},
    {Sample::sign_up_refused, everywhere("> email(new@x.org).sign_up_closed")},
    {Sample::person_proved, everywhere("session of eve > eve")},
}};
static_assert(is_whole(signed_in_table));

/// The rows that differ from those of a person who is signed in at an app's sign-in.
constexpr Table differing(std::initializer_list<Row> rows) {
    Table table = signed_in_table;
    for (const Row& row : rows) table[static_cast<std::size_t>(row.sample)] = row;
    return table;
}

// The session has ended, or was never there: what its pages sent counts for nothing.
constexpr Table nobody_table = differing({
    {Sample::page_opened,
     {"[email()]", "[email(old@).bad_email]", "[code(old@x.org)]", "[email()]", "[email()]",
      "access_denied"}},
    {Sample::name_submitted, everywhere("> start")},
    {Sample::no_name_submitted, everywhere("> start")},
    {Sample::name_skipped, everywhere("> start")},
    {Sample::consent_agreed, everywhere("> start")},
});
static_assert(is_whole(nobody_table));

// The account page asks for nothing, so there is nothing to agree to.
constexpr Table account_table = differing({
    {Sample::page_opened,
     {"account", "[email(old@ or passkey).bad_email]", "[code(old@x.org)]", "account", "account",
      "access_denied"}},
    {Sample::link_opened,
     {"[link elsewhere]", "[link elsewhere]", "[code(old@x.org) by link]", "account", "account",
      "[link elsewhere]"}},
    {Sample::name_submitted, everywhere("> start")},
    {Sample::no_name_submitted, everywhere("> start")},
    {Sample::name_skipped, everywhere("> start")},
    {Sample::consent_agreed, everywhere("> start")},
});
static_assert(is_whole(account_table));

// OIDC Core 3.1.2.1 `none`: the app is told what a page would have asked for. No form is ever
// shown, but what one sends is decided as everywhere.
constexpr Table silent_table = differing({
    {Sample::page_opened,
     {"consent_required", "login_required", "login_required", "consent_required",
      "completed(ada<ada@x.org Ada King  3>: openid email)", "access_denied"}},
    {Sample::link_opened,
     {"interaction_required", "interaction_required", "login_required", "interaction_required",
      "interaction_required", "interaction_required"}},
});
static_assert(is_whole(silent_table));

constexpr Table silent_nobody_table = differing({
    {Sample::page_opened,
     {"login_required", "login_required", "login_required", "login_required", "login_required",
      "access_denied"}},
    {Sample::link_opened,
     {"interaction_required", "interaction_required", "login_required", "interaction_required",
      "interaction_required", "interaction_required"}},
    {Sample::name_submitted, everywhere("> start")},
    {Sample::no_name_submitted, everywhere("> start")},
    {Sample::name_skipped, everywhere("> start")},
    {Sample::consent_agreed, everywhere("> start")},
});
static_assert(is_whole(silent_nobody_table));

TEST(Step, HasAColumnForEveryState) {
    for (std::size_t at = 0; at < step_count; ++at) EXPECT_EQ(state_of(at).index(), at);
}

TEST(Step, OfAPersonWhoIsSignedInAtAnApp) {
    expect_table(signed_in_table, app_request(), signed_in_facts());
}

TEST(Step, OfNobodyAtAnApp) { expect_table(nobody_table, app_request(), {}); }

TEST(Step, OfAPersonAtAnAppThatAllowsNoPage) {
    expect_table(silent_table, silent_request(), signed_in_facts());
}

TEST(Step, OfNobodyAtAnAppThatAllowsNoPage) {
    expect_table(silent_nobody_table, silent_request(), {});
}

TEST(Step, OfAPersonAtOurOwnAccount) {
    expect_table(account_table, account_request(), signed_in_facts());
}

TEST(Step, TakesNoFormThatWasShownToAnother) {
    Facts facts = signed_in_facts();
    facts.person->form = Person::Form::of_another;
    for (const Sample sample : {Sample::name_submitted, Sample::no_name_submitted,
                                Sample::name_skipped, Sample::consent_agreed}) {
        for (std::size_t at = 0; at < step_count; ++at) {
            EXPECT_EQ(text_of(step(app_request(), state_of(at), event_of(sample), facts)),
                      "> start");
        }
    }
}

std::string page_of(const Request& request, const State& state, const Facts& facts) {
    return text_of(step(request, state, PageOpened{}, facts));
}

TEST(Step, ForgetsWhatAnotherAccountBegan) {
    const Facts facts = signed_in_facts();
    EXPECT_EQ(page_of(app_request(), Agreed{eve, scopes("openid email"), 3}, facts), consent_page);
    Facts unnamed = facts;
    unnamed.person->profile.given_name.reset();
    const SignedIn of_eve{
        .user_id = eve, .name = SignedIn::Name::skipped, .notice = Notice::bad_name};
    EXPECT_EQ(page_of(app_request(), of_eve, unnamed), "[name of ada: ()(King)]");
}

TEST(Step, AsksAgainAfterARevocation) {
    const Facts facts = signed_in_facts();
    for (const std::int64_t revocations : {2, 4}) {
        EXPECT_EQ(page_of(app_request(), Agreed{ada, scopes("email"), revocations}, facts),
                  consent_page);
    }
}

TEST(Step, AsksForANameOnlyIfAScopeHandsItOverAndThereIsNone) {
    Facts facts = signed_in_facts();
    facts.person->profile.given_name.reset();
    EXPECT_EQ(page_of(app_request(), AtStart{}, facts), "[name of ada: ()(King)]");
    const SignedIn refused{.user_id = ada, .notice = Notice::bad_name};
    EXPECT_EQ(page_of(app_request(), refused, facts), "[name of ada: ()(King).bad_name]");
    const SignedIn skipped{.user_id = ada, .name = SignedIn::Name::skipped};
    EXPECT_EQ(page_of(app_request(), skipped, facts),
              "[consent of ada ada@x.org: email=ada@x.org profile=King phone=]");
    Request modest = app_request();
    modest.asked.app->wanted = make_wanted(contract_scopes(), scopes("openid email"));
    EXPECT_EQ(page_of(modest, AtStart{}, facts), "[consent of ada ada@x.org: email=ada@x.org]");
}

TEST(Step, AsksAReturningPersonOnlyForWhatIsNew) {
    Facts facts = signed_in_facts();
    facts.person->granted_before = scopes("openid email profile phone avatar");
    EXPECT_EQ(page_of(app_request(), AtStart{}, facts),
              "completed(ada<ada@x.org Ada King openid email phone profile avatar 3>: openid email "
              "phone profile)");
    facts.person->granted_before = scopes("openid email profile");
    const Next next = step(app_request(), AtStart{}, PageOpened{}, facts);
    std::vector<std::string> anew;
    for (const ConsentRow& row : std::get<ConsentView>(std::get<View>(next)).rows) {
        if (row.news == ConsentRow::News::asked_anew) anew.emplace_back(row.item.key);
    }
    EXPECT_THAT(anew, testing::ElementsAre("phone"));
}

TEST(Step, TakesNoLiveSessionWhereALoginIsAskedFor) {
    Request request = account_request();
    request.asked.prompt = Prompt::login;
    EXPECT_EQ(page_of(request, AtStart{}, signed_in_facts()), "[email( or passkey)]");
    EXPECT_EQ(page_of(request, SignedIn{.user_id = ada}, signed_in_facts()), "account");
}

TEST(Step, EndsWithoutAPageWhereNothingIsMissing) {
    Facts facts = signed_in_facts();
    facts.person->granted_before = app_request().scopes();
    EXPECT_EQ(page_of(silent_request(), AtStart{}, facts),
              page_of(app_request(), AtStart{}, facts));
    facts.person->granted_before = scopes("openid email");
    EXPECT_EQ(page_of(silent_request(), AtStart{}, facts), "consent_required");
    facts.person->profile.given_name.reset();
    EXPECT_EQ(page_of(silent_request(), AtStart{}, facts), "interaction_required");
}

TEST(Step, OffersAPasskeyWhereTheInstallationHasThemAndNoFrameIsAround) {
    const auto offered = [](const Request& request, const Facts& facts) {
        const Next next = step(request, AtEmail{}, PageOpened{}, facts);
        return std::get<EmailView>(std::get<View>(next)).passkey == EmailView::Passkey::offered;
    };
    EXPECT_TRUE(offered(app_request(), signed_in_facts()));
    EXPECT_FALSE(offered(app_request(), {}));
    Request framed = app_request();
    std::get<SdkMessage>(framed.ends).place = SdkMessage::Place::frame;
    EXPECT_FALSE(offered(framed, signed_in_facts()));
}

TEST(Step, GrantsWhatWasLeftTicked) {
    ConsentAgreed event;
    event.ticks.add("phone");
    event.ticks.add("manage");
    const Next next = step(app_request(), SignedIn{.user_id = ada}, event, signed_in_facts());
    EXPECT_EQ(text_of(next), "consent of ada to app 9 > agreed(ada: openid email phone, 3)");
}

TEST(Step, LooksAtThePersonOnlyWhereAPageIsTheirs) {
    for (std::size_t i = 0; i < sample_count; ++i) {
        const Event event = event_of(static_cast<Sample>(i));
        if (needs_person(event)) continue;
        for (std::size_t at = 0; at < step_count; ++at) {
            EXPECT_EQ(text_of(step(app_request(), state_of(at), event, {})),
                      text_of(step(app_request(), state_of(at), event, signed_in_facts())))
                << "event " << i << " at step " << at;
        }
    }
}

}  // namespace
}  // namespace latchkey::interaction
