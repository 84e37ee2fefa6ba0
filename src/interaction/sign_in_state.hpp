#pragma once

// What the browser carries from step to step, in cookies: a random secret that marks this browser
// (codes and form tokens are bound to it), and one sealed state per flow, so that two tabs do not
// meet. A state opens only in the browser and for the app, page, scope and flow it was made for.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/random.hpp"
#include "http/cookies.hpp"
#include "http/message.hpp"
#include "interaction/sign_in_request.hpp"
#include "keys/key_ring.hpp"
#include "model/scopes.hpp"

namespace latchkey::interaction {

inline constexpr Seconds sign_in_state_lifetime = std::chrono::minutes(20);

enum class Step : std::uint8_t {
    start,      // nothing yet: a live session goes on from here
    email,      // asks for an address, session or not ("use another address")
    code,       // a code is on its way
    signed_in,  // this flow's person is known: name, consent
    agreed,     // the outcome waits to be handed over
    cancelled,  // "not now"
};

/// What the page says about the last try.
enum class Notice : std::uint8_t {
    none,
    bad_email,
    wrong_code,
    code_used_up,
    code_sent_again,
    too_often,
    bad_name,
    passkey_refused,
};

enum class NameChoice : std::uint8_t { open, skipped };

struct SignInState {
    Step step = Step::start;
    Notice notice = Notice::none;
    NameChoice name = NameChoice::open;
    std::string email;  // as typed, at Step::email; as accepted, at Step::code
    ChallengeId challenge_id;
    UserId user_id;                     // from Step::signed_in on
    ScopeSet granted;                   // at Step::agreed
    std::int64_t connection_epoch = 0;  // at Step::agreed: what agreeing came after
};

/// The secret that marks this browser, as a view into the request; absent if it has none yet.
[[nodiscard]] std::optional<std::string_view> find_browser_secret(const http::Request& request,
                                                                  http::Transport transport);
[[nodiscard]] std::string make_browser_secret(Random& random);
[[nodiscard]] std::string browser_cookie(std::string_view secret, const SignInRequest& sign_in,
                                         http::Transport transport);

/// The cookie of a person's own session. A frame has one of its own, in the jar of the page around
/// it: what is signed in there is not signed in here.
struct SessionCookie {
    std::string_view name;
    http::SameSite same_site;
};
[[nodiscard]] SessionCookie session_cookie_of(SignInRequest::Mode mode) noexcept;

/// The token of every form: only this browser, on a page for this request, knows it.
[[nodiscard]] std::string form_token(const keys::KeyRing& keys, std::string_view browser_secret,
                                     const SignInRequest& request);

/// Ties a form to the person it was shown to: after a change of account in another tab, what A
/// read must not be agreed to by B.
[[nodiscard]] std::string person_token(const keys::KeyRing& keys, std::string_view form_token,
                                       UserId user_id);

/// Where a state belongs: what it is bound to.
struct StatePlace {
    const keys::KeyRing& keys;
    const SignInRequest& sign_in;
    std::string_view browser_secret;
    http::Transport transport;
};

/// The flow's state; the first step if there is none, or one that does not open or is too old.
[[nodiscard]] SignInState find_state(const StatePlace& place, const http::Request& request,
                                     Timestamp now);
/// The Set-Cookie value that keeps `state`, or that drops it.
[[nodiscard]] std::string state_cookie(const StatePlace& place, const SignInState& state,
                                       Timestamp now);
[[nodiscard]] std::string drop_state_cookie(const StatePlace& place);

}  // namespace latchkey::interaction
