#pragma once

// Sending a code, at first and again.

#include <string>

#include "base/result.hpp"
#include "endpoints/sign_in/flow.hpp"

namespace latchkey::endpoints {

/// Starts a challenge for a checked address and enqueues its mail, durable together. The state to
/// go on with: the code step, or the e-mail step with a notice when it is too often.
/// Errors: storage errors.
[[nodiscard]] Result<interaction::SignInState> send_code(const SignInServices& services,
                                                         const Submission& submission,
                                                         const http::Request& request,
                                                         const std::string& email);

}  // namespace latchkey::endpoints
