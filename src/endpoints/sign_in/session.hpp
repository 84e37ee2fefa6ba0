#pragma once

// The moment in which somebody is signed in, by whichever way they proved it.

#include <vector>

#include "base/result.hpp"
#include "endpoints/sign_in/flow.hpp"

namespace latchkey::endpoints {

/// Starts this browser's session for `user_id` and commits it with all that `tx` holds: a new
/// secret, the end of the old one, the trail. The answer goes on in the flow as that person.
/// Errors: storage errors.
[[nodiscard]] Result<http::Response> start_browser_session(const SignInServices& services,
                                                           database::WriteTransaction& tx,
                                                           const Submission& submission,
                                                           const http::Request& request,
                                                           UserId user_id);

}  // namespace latchkey::endpoints
