#pragma once

// The sign-in pages, from what they show (interaction/view.hpp) to a response. They decide nothing.

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "http/message.hpp"
#include "interaction/request.hpp"
#include "interaction/view.hpp"
#include "model/records.hpp"
#include "pages/page.hpp"
#include "pages/sign_in_end.hpp"

namespace latchkey::pages {

/// What the page's script asks an authenticator for.
struct PasskeyPrompt {
    std::string challenge;
    std::string_view rp_id;
};

/// What the pages of one sign-in share. Borrowed for the length of the call.
struct SignInPage {
    const interaction::Request& sign_in;
    PageContext context;
    std::string form_token = {};                // of the pages with a form
    std::string person_token = {};              // of those that are shown to a known person
    std::optional<PasskeyPrompt> passkey = {};  // where the view offers one
    std::optional<LogoLabel> app_logo = {};     // of the consent page
};

[[nodiscard]] http::Response show_view(const SignInPage& page, const interaction::View& view);

/// The last page: says how it ended, and its script tells the opener, or the page around a frame.
[[nodiscard]] http::Response done_page(const SignInPage& page, const SignInEnd& end);

/// For a request that names no app and origin to be trusted: nothing is said to the opener.
[[nodiscard]] http::Response error_page(const Error& error, const PageContext& context);

}  // namespace latchkey::pages
