#include "interaction/sign_in_state.hpp"

#include <array>
#include <utility>

#include "base/text.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"
#include "people/sessions.hpp"

namespace latchkey::interaction {
namespace {

constexpr std::string_view browser_cookie_name = "signin";
constexpr std::string_view state_cookie_prefix = "signin-";
constexpr std::string_view framed_session_cookie = "framed-session";
constexpr std::size_t browser_secret_bytes = 32;
constexpr std::size_t browser_secret_characters = 43;  // base64url without padding
constexpr std::size_t flow_name_bytes = 8;

// Lax: the pop-up is opened by another site, whose navigation must bring the cookies along. None,
// in a jar of its own, for a frame on another site. Forms are guarded by their token.
http::SameSite same_site_of(SignInRequest::Mode mode) noexcept {
    return mode == SignInRequest::Mode::frame ? http::SameSite::none : http::SameSite::lax;
}

std::string keyed_text(const keys::KeyRing& keys, std::string_view message) {
    return to_base64url(keys.keyed_hash(keys::Purpose::cookie, as_bytes(message)));
}

/// A cookie name per flow. It says nothing about the flow to who does not know it.
std::string state_cookie_name(const StatePlace& place) {
    const Bytes hash =
        place.keys.keyed_hash(keys::Purpose::cookie, as_bytes("name\n" + place.sign_in.binding()));
    return std::string(state_cookie_prefix) + to_hex(ByteView(hash).first(flow_name_bytes));
}

std::string associated_data(const StatePlace& place) {
    std::string associated = "state\n";
    associated += place.browser_secret;
    associated.push_back('\n');
    return associated + place.sign_in.binding();
}

std::string to_json(const SignInState& state, Timestamp now) {
    std::string out;
    json::Writer writer(out);
    writer.begin_object()
        .key("step")
        .number(static_cast<std::int64_t>(state.step))
        .key("notice")
        .number(static_cast<std::int64_t>(state.notice))
        .key("name")
        .number(static_cast<std::int64_t>(state.name))
        .field("email", state.email)
        .field("challenge", state.challenge_id.text())
        .field("user", state.user_id.text())
        .key("granted")
        .number(std::int64_t{state.granted.bits()})
        .key("epoch")
        .number(state.connection_epoch)
        .key("at")
        .number(to_unix(now))
        .end_object();
    return out;
}

/// Members of a document that this server sealed: a missing one reads as zero or empty, which is
/// the first step.
std::int64_t integer(const json::Value& document, std::string_view name) {
    const json::Value* value = document.find(name);
    const std::int64_t* number = value == nullptr ? nullptr : value->integer();
    return number == nullptr ? 0 : *number;
}

std::string text(const json::Value& document, std::string_view name) {
    const json::Value* value = document.find(name);
    const std::string* found = value == nullptr ? nullptr : value->string();
    return found == nullptr ? std::string() : *found;
}

template <class Enum>
Enum choice(const json::Value& document, std::string_view name, Enum last) {
    const std::int64_t number = integer(document, name);
    return number < 0 || number > static_cast<std::int64_t>(last) ? Enum{}
                                                                  : static_cast<Enum>(number);
}

SignInState from_json(const json::Value& document) {
    SignInState state;
    state.step = choice(document, "step", Step::cancelled);
    state.notice = choice(document, "notice", Notice::passkey_refused);
    state.name = choice(document, "name", NameChoice::skipped);
    state.email = text(document, "email");
    state.challenge_id =
        ChallengeId::from_text(text(document, "challenge")).value_or(ChallengeId{});
    state.user_id = UserId::from_text(text(document, "user")).value_or(UserId{});
    state.granted = ScopeSet(static_cast<std::uint32_t>(integer(document, "granted")));
    state.connection_epoch = integer(document, "epoch");
    return state;
}

}  // namespace

std::optional<std::string_view> find_browser_secret(const http::Request& request,
                                                    http::Transport transport) {
    const auto secret = http::find_cookie(request, browser_cookie_name, transport);
    if (!secret || secret->size() != browser_secret_characters) return std::nullopt;
    return secret;
}

std::string make_browser_secret(Random& random) {
    std::array<std::uint8_t, browser_secret_bytes> raw{};
    random.fill(raw);
    return to_base64url(raw);
}

std::string browser_cookie(std::string_view secret, const SignInRequest& sign_in,
                           http::Transport transport) {
    return http::set_cookie({browser_cookie_name, secret, same_site_of(sign_in.mode), std::nullopt},
                            transport);
}

SessionCookie session_cookie_of(SignInRequest::Mode mode) noexcept {
    const bool framed = mode == SignInRequest::Mode::frame;
    return {framed ? framed_session_cookie : people::session_cookie, same_site_of(mode)};
}

std::string form_token(const keys::KeyRing& keys, std::string_view browser_secret,
                       const SignInRequest& request) {
    std::string message = "form\n";
    message += browser_secret;
    message.push_back('\n');
    return keyed_text(keys, message + request.binding());
}

std::string person_token(const keys::KeyRing& keys, std::string_view form_token, UserId user_id) {
    std::string message = "person\n";
    message += form_token;
    message.push_back('\n');
    return keyed_text(keys, message + user_id.text());
}

SignInState find_state(const StatePlace& place, const http::Request& request, Timestamp now) {
    const std::string name = state_cookie_name(place);
    const auto cookie = http::find_cookie(request, name, place.transport);
    const auto sealed = from_base64url(cookie.value_or(""));
    if (!sealed || sealed->empty()) return {};
    const auto opened =
        place.keys.open(keys::Purpose::cookie, *sealed, as_bytes(associated_data(place)));
    if (!opened) return {};
    const auto document = json::parse(opened->reveal());
    if (!document) return {};
    // The browser's own expiry is a courtesy; this one decides.
    if (from_unix(integer(*document, "at")) + sign_in_state_lifetime <= now) return {};
    return from_json(*document);
}

std::string state_cookie(const StatePlace& place, const SignInState& state, Timestamp now) {
    const Secret plain(to_json(state, now));
    std::string sealed;
    place.keys.seal(keys::Purpose::cookie, plain.reveal_bytes(), as_bytes(associated_data(place)),
                    sealed);
    const std::string value = to_base64url(as_bytes(sealed));
    const std::string name = state_cookie_name(place);
    return http::set_cookie({name, value, same_site_of(place.sign_in.mode), sign_in_state_lifetime},
                            place.transport);
}

std::string drop_state_cookie(const StatePlace& place) {
    return http::expire_cookie(state_cookie_name(place), same_site_of(place.sign_in.mode),
                               place.transport);
}

}  // namespace latchkey::interaction
