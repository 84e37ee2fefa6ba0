#pragma once

// Rules about the person in the flow that more than one route needs.

#include "endpoints/sign_in_request.hpp"
#include "identity/users.hpp"

namespace latchkey::endpoints {

/// Whether to ask for a name: only if a scope would hand it over and there is none.
[[nodiscard]] inline bool needs_name(const SignInRequest& sign_in, const identity::User& user) {
    return sign_in.scopes.opens_name() && !user.profile.given_name;
}

}  // namespace latchkey::endpoints
