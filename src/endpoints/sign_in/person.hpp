#pragma once

// Rules about the person in the flow that more than one route needs.

#include "interaction/sign_in_request.hpp"
#include "people/users.hpp"

namespace latchkey::endpoints {

/// Whether to ask for a name: only if a scope would hand it over and there is none.
[[nodiscard]] inline bool needs_name(const interaction::SignInRequest& sign_in,
                                     const people::User& user) {
    return sign_in.scopes.opens_name() && !user.profile.given_name;
}

}  // namespace latchkey::endpoints
