#pragma once

// What the sign-in routes share: reading a form that may be believed, going on to the next step,
// and finding the person whose session this browser holds.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.hpp"
#include "base/result.hpp"
#include "endpoints/sign_in/sign_in.hpp"
#include "http/form.hpp"
#include "http/message.hpp"
#include "interaction/sign_in_request.hpp"
#include "interaction/sign_in_state.hpp"
#include "pages/sign_in_pages.hpp"
#include "people/users.hpp"
#include "rendering/catalogue.hpp"

namespace latchkey::endpoints {

/// A form that was sent from a page of ours, by the browser that the page was made for.
struct Submission {
    interaction::SignInRequest sign_in;
    http::Form form;
    std::string browser_secret;
    interaction::SignInState state;

    /// Which button: absent when the form was sent by Enter or by a script, which means the first.
    [[nodiscard]] std::string_view action() const { return form.find("action").value_or(""); }
};

/// Reads the query and the form and checks that a page of ours sent it: the token bound to the
/// browser's cookie, and what the browser says about the sender. Runs before any write.
/// Errors: read_sign_in_request's and form's; unauthenticated (no cookie, wrong token, foreign).
[[nodiscard]] Result<Submission> read_submission(const SignInServices& services,
                                                 const http::Request& request);

/// The next step: 303 to the sign-in URL, with the state and what else the browser is to keep.
[[nodiscard]] http::Response go_on(const SignInServices& services, const Submission& submission,
                                   const interaction::SignInState& next,
                                   std::vector<std::string> more_cookies = {});

/// The whole POST: `work` decides, and writes where it must. What fails is shown.
using FormWork = Result<http::Response> (*)(const SignInServices&, const Submission&,
                                            const http::Request&);
enum class Writes : std::uint8_t { no, yes };
/// Which of the two a submission needs: what writes runs deferred.
using NeedsWriting = Writes (*)(const Submission&);
[[nodiscard]] http::Handler form_handler(SignInServices services, NeedsWriting needs_writing,
                                         FormWork work);

/// The person of the browser's live session; absent if there is none.
[[nodiscard]] Result<std::optional<people::User>> find_person(
    const SignInServices& services, database::ReadTransaction& tx,
    const interaction::SignInRequest& sign_in, const http::Request& request);

/// The same, if it is the person that the form was shown to.
[[nodiscard]] Result<std::optional<people::User>> find_addressee(const SignInServices& services,
                                                                 database::ReadTransaction& tx,
                                                                 const Submission& submission,
                                                                 const http::Request& request);

/// What the browser says about the page that sent a form names us, or nobody.
[[nodiscard]] bool may_be_ours(const http::Request& request, std::string_view public_origin);

/// Hands the outcome over in the way that the SDK asked for: a page whose script posts it, or back
/// to the app's own page.
[[nodiscard]] http::Response deliver(const SignInServices& services, const pages::SignInView& view,
                                     const pages::Outcome& outcome);

/// The texts for a request, also where the rest of it is unusable.
[[nodiscard]] const rendering::Catalogue& texts_for(const http::Request& request);

/// What every page for a request begins from.
[[nodiscard]] pages::Setting setting_for(const SignInServices& services,
                                         const http::Request& request);

/// The page for a request that names nothing to be trusted.
[[nodiscard]] http::Response refuse(const SignInServices& services, const http::Request& request,
                                    const Error& error);

[[nodiscard]] pages::SignInView make_view(const SignInServices& services,
                                          const interaction::SignInRequest& sign_in,
                                          const rendering::Catalogue& texts,
                                          std::string_view form_token);

[[nodiscard]] audit::Context source_of(const http::Request& request);

}  // namespace latchkey::endpoints
