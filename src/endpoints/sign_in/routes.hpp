#pragma once

// The sign-in's routes.

#include "endpoints/sign_in/sign_in.hpp"
#include "http/router.hpp"

namespace latchkey::endpoints {

void sign_in_routes(http::Router& router, const SignInParts& parts);

}  // namespace latchkey::endpoints
