#pragma once

// The sign-in pages, from what they show to a response. They decide nothing.

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "http/message.hpp"
#include "interaction/sign_in_request.hpp"
#include "interaction/sign_in_state.hpp"
#include "model/records.hpp"
#include "pages/outcome.hpp"
#include "pages/page.hpp"
#include "rendering/catalogue.hpp"

namespace latchkey::pages {

/// What all of them show.
struct SignInView {
    const interaction::SignInRequest& sign_in;
    Setting setting;
    std::string_view form_token;
    std::string_view person_token;  // on the pages that are shown to a known person
    /// What the page's script asks an authenticator for; empty: no passkeys here.
    struct PasskeyPrompt {
        std::string challenge;
        std::string_view rp_id;
    };
    PasskeyPrompt passkey;
    std::optional<LogoLabel> app_logo;  // on the consent page
};

[[nodiscard]] http::Response email_page(const SignInView& view,
                                        const interaction::SignInState& state);
/// Typed in the window that asked for it, or filled in from the mail's link.
enum class CodeEntry : std::uint8_t { typed, by_link };
[[nodiscard]] http::Response code_page(const SignInView& view,
                                       const interaction::SignInState& state, CodeEntry entry);
/// The link's window has done its part: the person goes on where they began.
[[nodiscard]] http::Response link_done_page(const SignInView& view);
/// The link was opened in a browser that did not ask for a code.
[[nodiscard]] http::Response link_elsewhere_page(const SignInView& view);
[[nodiscard]] http::Response name_page(const SignInView& view,
                                       const interaction::SignInState& state,
                                       const Profile& profile);

/// `granted_before`: what the app may read already; what is asked anew is marked.
[[nodiscard]] http::Response consent_page(const SignInView& view, const Profile& profile,
                                          ScopeSet granted_before);

/// The last page: says how it ended, and its script tells the opener, or the page around a frame.
[[nodiscard]] http::Response done_page(const SignInView& view, const Outcome& outcome);

/// For a request that names no app and origin to be trusted: nothing is said to the opener.
[[nodiscard]] http::Response error_page(const Error& error, const Setting& setting);

/// One row of the consent page, and the tick box that takes it away.
struct ConsentChoice {
    std::string_view key;    // "profile": the text consent.scope.profile, the box grant_profile
    std::string_view field;  // "grant_profile"
    ScopeSet scopes;
    enum class Kind : std::uint8_t { always, optional };
    Kind kind = Kind::optional;
};
/// The rows that show `scopes`. Who the person is (openid, e-mail) cannot be unticked: without it
/// there is no sign-in.
[[nodiscard]] std::vector<ConsentChoice> consent_choices(ScopeSet scopes);

}  // namespace latchkey::pages
