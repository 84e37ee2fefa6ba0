#pragma once

// What a browser keeps for the sign-in: a random secret that marks this browser (codes and form
// tokens are bound to it), the session, and one sealed state per sign-in, so that two tabs do not
// meet. A state opens only in the browser and for the request that it was made for.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/time/clock.hpp"
#include "http/cookies.hpp"
#include "http/message.hpp"
#include "interaction/request.hpp"
#include "interaction/state.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::endpoints {

inline constexpr Seconds sign_in_state_lifetime = std::chrono::minutes(20);

/// Lax for a window: another site opens it, and its cookies must come with that. None for a frame
/// on another site, with cookies of their own (`Partitioned`). A token guards the forms in both.
[[nodiscard]] http::SameSite same_site_of(const interaction::Request& sign_in) noexcept;

/// The secret that marks this browser, as a view into the request; absent if it has none yet.
[[nodiscard]] std::optional<std::string_view> find_browser_secret(const http::Request& request,
                                                                  http::Transport transport);
[[nodiscard]] std::string make_browser_secret(Random& random);
[[nodiscard]] std::string browser_cookie(std::string_view secret,
                                         const interaction::Request& sign_in,
                                         http::Transport transport);

/// The cookie of a session. Windows and frames have different ones: who is signed in in a frame is
/// not signed in in a window.
struct SessionCookie {
    std::string_view name;
    http::SameSite same_site;
};
[[nodiscard]] SessionCookie session_cookie_of(const interaction::Request& sign_in) noexcept;
/// The one of windows and the one of frames.
[[nodiscard]] std::array<SessionCookie, 2> session_cookies() noexcept;

/// The token of every form. Only this browser knows it, from a page for this request.
[[nodiscard]] std::string form_token(const keys::KeyRing& keys, std::string_view browser_secret,
                                     const interaction::Request& sign_in);

/// Ties a form to the person it was shown to. If the account changes in another tab, B must not
/// agree to what A has read.
[[nodiscard]] std::string person_token(const keys::KeyRing& keys, std::string_view form_token,
                                       UserId user_id);

/// What a state is bound to.
struct StatePlace {
    const keys::KeyRing& keys;
    const ScopeRegistry& scopes;
    const interaction::Request& sign_in;
    std::string_view browser_secret;
    http::Transport transport;
};

/// The state that the browser carries; AtStart if it has none that opens and is young enough.
[[nodiscard]] interaction::State find_state(const StatePlace& place, const http::Request& request,
                                            Timestamp now);
/// The value of Set-Cookie that keeps `state`, and the one that removes it.
[[nodiscard]] std::string state_cookie(const StatePlace& place, const interaction::State& state,
                                       Timestamp now);
[[nodiscard]] std::string drop_state_cookie(const StatePlace& place);

}  // namespace latchkey::endpoints
