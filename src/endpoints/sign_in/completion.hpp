#pragma once

// What the SDK gets of a sign-in that completed, on whichever way.

#include "base/result.hpp"
#include "database/database.hpp"
#include "endpoints/sign_in/visit.hpp"
#include "interaction/step.hpp"
#include "pages/sign_in_end.hpp"

namespace latchkey::endpoints {

/// With a new consent token, which the app exchanges. Errors: storage errors; internal if signing
/// fails.
[[nodiscard]] Result<pages::SignInEnd> make_completion(const Visit& visit,
                                                       database::ReadTransaction& tx,
                                                       const interaction::Completed& completed);

}  // namespace latchkey::endpoints
