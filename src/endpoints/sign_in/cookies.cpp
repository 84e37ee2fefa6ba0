#include "endpoints/sign_in/cookies.hpp"

#include "base/text/text.hpp"
#include "people/sessions.hpp"

namespace latchkey::endpoints {
namespace {

constexpr std::string_view browser_cookie_name = "signin";
constexpr std::string_view framed_session_cookie = "framed-session";
constexpr std::size_t browser_secret_bytes = 32;
constexpr std::size_t browser_secret_characters = 43;  // base64url without padding

constexpr SessionCookie window_session{people::session_cookie, http::SameSite::lax};
constexpr SessionCookie frame_session{framed_session_cookie, http::SameSite::none};

std::string keyed_text(const keys::KeyRing& keys, std::string_view message) {
    return to_base64url(keys.keyed_hash(keys::Purpose::cookie, as_bytes(message)));
}

}  // namespace

http::SameSite same_site_of(const interaction::Request& sign_in) noexcept {
    return session_cookie_of(sign_in).same_site;
}

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

std::string browser_cookie(std::string_view secret, const interaction::Request& sign_in,
                           http::Transport transport) {
    return http::set_cookie({browser_cookie_name, secret, same_site_of(sign_in), std::nullopt},
                            transport);
}

SessionCookie session_cookie_of(const interaction::Request& sign_in) noexcept {
    return interaction::find_frame(sign_in) == nullptr ? window_session : frame_session;
}

std::array<SessionCookie, 2> session_cookies() noexcept { return {window_session, frame_session}; }

std::string form_token(const keys::KeyRing& keys, std::string_view browser_secret,
                       const interaction::Request& sign_in) {
    std::string message = "form\n";
    message += browser_secret;
    message.push_back('\n');
    return keyed_text(keys, message + interaction::binding_of(sign_in));
}

std::string person_token(const keys::KeyRing& keys, std::string_view form_token, UserId user_id) {
    std::string message = "person\n";
    message += form_token;
    message.push_back('\n');
    return keyed_text(keys, message + user_id.text());
}

}  // namespace latchkey::endpoints
