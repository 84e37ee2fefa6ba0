#pragma once

// From what comes next in a sign-in to the response that brings it to the browser.

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "endpoints/sign_in/visit.hpp"
#include "http/form.hpp"
#include "http/message.hpp"
#include "interaction/step.hpp"

namespace latchkey::endpoints {

/// Errors: storage errors.
[[nodiscard]] Result<http::Response> respond(const Visit& visit, database::ReadTransaction& tx,
                                             const interaction::View& view);

/// Hands the outcome over in the way that was asked for: a page whose script posts it, the app's
/// own page, or our account page. Errors: storage errors; internal if signing fails.
[[nodiscard]] Result<http::Response> respond(const Visit& visit, database::ReadTransaction& tx,
                                             const interaction::Ending& ending);

/// The next step: 303 to the page that the form came from, with the state and what else the browser
/// is to keep.
[[nodiscard]] http::Response redirect_to_next_step(const Visit& visit, const http::Form& form,
                                                   const interaction::State& next,
                                                   std::vector<std::string> more_cookies);

/// A failure after the request was found good: told to whoever waits for the outcome too.
[[nodiscard]] http::Response respond_failure(const Visit& visit, const Error& error);

/// The page for a request that names nothing to be trusted.
[[nodiscard]] http::Response refuse(const SignInParts& parts, const Incoming& incoming,
                                    const Error& error);

}  // namespace latchkey::endpoints
