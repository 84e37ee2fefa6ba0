// The state between two requests, as sealed JSON in a cookie. The cookie's name is a hash.

#include <utility>

#include "base/text/text.hpp"
#include "endpoints/sign_in/cookies.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace latchkey::endpoints {
namespace {

using interaction::Notice;
using interaction::SignedIn;

constexpr std::string_view state_cookie_prefix = "signin-";
constexpr std::size_t name_bytes = 8;

/// The step as a number in the cookie. An unknown number counts as `start`.
enum class KeptStep : std::uint8_t { start, email, code, signed_in, agreed, cancelled };

std::string state_cookie_name(const StatePlace& place) {
    const std::string binding = "name\n" + interaction::binding_of(place.sign_in);
    const Bytes hash = place.keys.keyed_hash(keys::Purpose::cookie, as_bytes(binding));
    return std::string(state_cookie_prefix) + to_hex(ByteView(hash).first(name_bytes));
}

std::string state_binding(const StatePlace& place) {
    std::string associated = "state\n";
    associated += place.browser_secret;
    associated.push_back('\n');
    return associated + interaction::binding_of(place.sign_in);
}

/// Writes what a state holds.
class StateWriter {
public:
    StateWriter(const ScopeRegistry& scopes, json::Writer& writer)
        : scopes_(scopes), writer_(writer) {}

    void operator()(const interaction::AtStart&) const { step(KeptStep::start); }
    void operator()(const interaction::AtEmail& at) const {
        step(KeptStep::email);
        writer_.field("email", at.email);
        number("notice", static_cast<std::int64_t>(at.notice));
    }
    void operator()(const interaction::AtCode& at) const {
        step(KeptStep::code);
        writer_.field("email", at.email).field("challenge", at.challenge_id.text());
        number("notice", static_cast<std::int64_t>(at.notice));
    }
    void operator()(const SignedIn& at) const {
        step(KeptStep::signed_in);
        writer_.field("user", at.user_id.text());
        number("name", static_cast<std::int64_t>(at.name));
        number("notice", static_cast<std::int64_t>(at.notice));
    }
    void operator()(const interaction::Agreed& at) const {
        step(KeptStep::agreed);
        writer_.field("user", at.user_id.text()).field("granted", scopes_.names(at.granted).text);
        number("revocations", at.connection_revocations);
    }
    void operator()(const interaction::Cancelled&) const { step(KeptStep::cancelled); }

private:
    void step(KeptStep value) const { number("step", static_cast<std::int64_t>(value)); }
    void number(std::string_view name, std::int64_t value) const {
        writer_.key(name).number(value);
    }
    const ScopeRegistry& scopes_;
    json::Writer& writer_;
};

std::string state_to_json(const ScopeRegistry& scopes, const interaction::State& state,
                          Timestamp now) {
    std::string out;
    json::Writer writer(out);
    writer.begin_object();
    std::visit(StateWriter(scopes, writer), state);
    writer.key("at").number(to_unix(now)).end_object();
    return out;
}

// Members of a document that this server has sealed. A missing one is zero or empty.
std::int64_t member_integer(const json::Value& document, std::string_view name) {
    const json::Value* value = document.find(name);
    const std::int64_t* number = value == nullptr ? nullptr : value->integer();
    return number == nullptr ? 0 : *number;
}

std::string member_text(const json::Value& document, std::string_view name) {
    const std::string* found = document.find_string(name);
    return found == nullptr ? std::string() : *found;
}

Notice member_notice(const json::Value& document) {
    const std::int64_t number = member_integer(document, "notice");
    const bool known = number >= 0 && number <= static_cast<std::int64_t>(interaction::last_notice);
    return known ? static_cast<Notice>(number) : Notice::none;
}

UserId member_user(const json::Value& document) {
    return UserId::from_text(member_text(document, "user")).value_or(UserId{});
}

KeptStep member_step(const json::Value& document) {
    const std::int64_t number = member_integer(document, "step");
    const bool known = number >= 0 && number <= static_cast<std::int64_t>(KeptStep::cancelled);
    return known ? static_cast<KeptStep>(number) : KeptStep::start;
}

interaction::State state_from_json(const ScopeRegistry& scopes, const json::Value& document) {
    switch (member_step(document)) {
        case KeptStep::start: break;
        case KeptStep::email:
            return interaction::AtEmail{member_text(document, "email"), member_notice(document)};
        case KeptStep::code: {
            const auto id = ChallengeId::from_text(member_text(document, "challenge"));
            return interaction::AtCode{member_text(document, "email"), id.value_or(ChallengeId{}),
                                       member_notice(document)};
        }
        case KeptStep::signed_in: {
            const bool skipped = member_integer(document, "name") != 0;
            return SignedIn{member_user(document),
                            skipped ? SignedIn::Name::skipped : SignedIn::Name::open,
                            member_notice(document)};
        }
        case KeptStep::agreed: {
            const ScopeNames granted{member_text(document, "granted")};
            return interaction::Agreed{member_user(document), scopes.known(granted),
                                       member_integer(document, "revocations")};
        }
        case KeptStep::cancelled: return interaction::Cancelled{};
    }
    return interaction::AtStart{};
}

}  // namespace

interaction::State find_state(const StatePlace& place, const http::Request& request,
                              Timestamp now) {
    const std::string name = state_cookie_name(place);
    const auto cookie = http::find_cookie(request, name, place.transport);
    const auto sealed = from_base64url(cookie.value_or(""));
    if (!sealed || sealed->empty()) return {};
    const auto opened =
        place.keys.open(keys::Purpose::cookie, *sealed, as_bytes(state_binding(place)));
    if (!opened) return {};
    const auto document = json::parse(opened->reveal());
    if (!document) return {};
    // A browser may keep a cookie for longer than it was told.
    if (from_unix(member_integer(*document, "at")) + sign_in_state_lifetime <= now) return {};
    return state_from_json(place.scopes, *document);
}

std::string state_cookie(const StatePlace& place, const interaction::State& state, Timestamp now) {
    const Secret plain(state_to_json(place.scopes, state, now));
    std::string sealed;
    place.keys.seal(keys::Purpose::cookie, plain.reveal_bytes(), as_bytes(state_binding(place)),
                    sealed);
    const std::string value = to_base64url(as_bytes(sealed));
    const std::string name = state_cookie_name(place);
    return http::set_cookie({name, value, same_site_of(place.sign_in), sign_in_state_lifetime},
                            place.transport);
}

std::string drop_state_cookie(const StatePlace& place) {
    return http::expire_cookie(state_cookie_name(place), same_site_of(place.sign_in),
                               place.transport);
}

}  // namespace latchkey::endpoints
