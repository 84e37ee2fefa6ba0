#pragma once

// A sign-in request, understood once and carried: what is asked, and how it ends. Each protocol is
// a way to make this value; everything after it is the same for all of them.

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

/// OIDC Core 3.1.2.1 `prompt`: for `login` a live session does not do.
enum class Prompt : std::uint8_t { none, login };

struct Asked {
    std::optional<AskingApp> app;  // absent: our own account page asks
    Prompt prompt = Prompt::none;
    std::string locale;  // as asked, perhaps empty
};

/// The pages' script tells the SDK, which opened them in a window or a frame of its page.
struct SdkMessage {
    std::string origin;  // one of the app's, byte for byte: the only receiver of a message
    std::string flow;    // the SDK's name for this press of the button
    enum class Place : std::uint8_t { window, frame };
    Place place = Place::window;
};

/// The app's own window comes back to one of its pages, with the sealed outcome in the fragment.
struct RedirectFragment {
    std::string origin;
    std::string flow;
    std::string return_to;       // one of the app's redirect URIs, at `origin`
    std::string code_challenge;  // S256 of what opens the outcome (RFC 7636 4.2)
};

/// Our own account page, which needs no consent.
struct OwnAccount {};

/// How a sign-in ends.
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

/// "client_id=…&origin=…": the parameters that were read, escaped. Nothing else is passed on.
[[nodiscard]] std::string query_of(const Request& request);

/// What state cookies and form tokens are bound to: another app, page, scope or flow gives another
/// text.
[[nodiscard]] std::string binding_of(const Request& request);

/// The page of the app that began it, and the SDK's name for it: empty for the account page.
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
