#pragma once

// The account's routes.

#include "endpoints/sign_in/sign_in.hpp"
#include "http/router.hpp"

namespace latchkey::endpoints {

void account_routes(http::Router& router, const SignInParts& parts);

}  // namespace latchkey::endpoints
