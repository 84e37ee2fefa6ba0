#pragma once

// The responses of a sign-in that goes on. How one ends is in ends.hpp.

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "endpoints/sign_in/visit.hpp"
#include "http/form.hpp"
#include "http/message.hpp"
#include "interaction/state.hpp"
#include "interaction/view.hpp"
#include "pages/sign_in_pages.hpp"

namespace latchkey::endpoints {

/// What every page of the sign-in begins from.
[[nodiscard]] pages::SignInPage page_for(const Visit& visit);

/// The page of a view. Errors: storage errors.
[[nodiscard]] Result<http::Response> respond(const Visit& visit, database::ReadTransaction& tx,
                                             const interaction::View& view);

/// 303 to the page that the form came from, with the cookies of the next state and of what was
/// written.
[[nodiscard]] http::Response redirect_to_next_step(const Visit& visit, const http::Form& form,
                                                   const interaction::State& next,
                                                   std::vector<std::string> more_cookies);

/// The page for a request that names no app and page that we know. Nobody else is told.
[[nodiscard]] http::Response refuse(const SignInParts& parts, const Incoming& incoming,
                                    const Error& error);

}  // namespace latchkey::endpoints
