#pragma once

// A sign-in request: what is asked, and how the sign-in ends. It is read once, at the start, and
// then passed on. Each protocol has its own way to make this value; the steps are the same for all.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/ids.hpp"
#include "interaction/consent.hpp"
#include "model/scopes.hpp"

namespace latchkey::interaction {

/// The app that asks, as far as it was checked.
struct AskingApp {
    ClientId id;
    std::string name;
    std::string host;   // "shop.example:8443", of a registered origin: for people to read
    std::string scope;  // as asked
    Wanted wanted;      // of that, what it is registered for
};

/// OIDC Core 3.1.2.1 `prompt`.
enum class Prompt : std::uint8_t {
    none,   // no page may be shown; where one is needed, the app is told which
    login,  // the person proves who they are again, although a session is live
};

struct Asked {
    std::optional<AskingApp> app;  // absent: our own account page asks
    std::optional<Prompt> prompt;  // absent: pages are shown where they are needed
    std::string locale;            // as asked, perhaps empty
};

/// The script of the last page posts the outcome to the app's page, where the SDK opened the
/// sign-in in a window or a frame.
struct SdkMessage {
    std::string origin;  // one of the app's, byte for byte: the only receiver of a message
    std::string flow;    // the SDK's name for this press of the button
    enum class Place : std::uint8_t { window, frame };
    Place place = Place::window;
};

/// The browser goes back to a page of the app, with the sealed outcome in the URL's fragment.
struct RedirectFragment {
    std::string origin;
    std::string flow;
    std::string return_to;       // one of the app's redirect URIs, at `origin`
    std::string code_challenge;  // S256 of what opens the outcome (RFC 7636 4.2)
};

/// The browser goes on to our own account page, which needs no consent.
struct OwnAccount {};

/// How a sign-in ends. What each of these does with an outcome is in endpoints/sign_in/ends.hpp.
using Continuation = std::variant<SdkMessage, RedirectFragment, OwnAccount>;

struct Request {
    Asked asked;
    Continuation ends;

    /// What the app asks for; empty for the account page.
    [[nodiscard]] ScopeSet scopes() const noexcept {
        return asked.app ? asked.app->wanted.scopes : ScopeSet();
    }
    /// What the person signs in to: the app's name, or ours.
    [[nodiscard]] std::string_view audience(std::string_view brand_name) const noexcept {
        return asked.app ? std::string_view(asked.app->name) : brand_name;
    }
};

/// "client_id=…&origin=…": the query that makes the same request again, escaped. What was not
/// understood is not in it.
[[nodiscard]] std::string query_of(const Request& request);

/// The text that state cookies and form tokens are bound to. Another app, page, scope or flow gives
/// another text.
[[nodiscard]] std::string binding_of(const Request& request);

/// The origin of the app's page that began the sign-in, and the SDK's name for that press of the
/// button. Both are empty for the account page.
struct Opener {
    std::string_view origin;
    std::string_view flow;
};
[[nodiscard]] Opener opener_of(const Request& request) noexcept;

/// The frame around the pages, if they are shown in one.
[[nodiscard]] const SdkMessage* find_frame(const Request& request) noexcept;

/// "shop.example:8443": an origin without its scheme, for people to read.
[[nodiscard]] std::string_view host_of(std::string_view origin) noexcept;

}  // namespace latchkey::interaction
