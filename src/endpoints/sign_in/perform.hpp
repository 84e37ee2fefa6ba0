#pragma once

// Does what a step of the sign-in asks for, inside the transaction of the request.

#include <string>
#include <vector>

#include "base/result.hpp"
#include "database/database.hpp"
#include "endpoints/sign_in/visit.hpp"
#include "interaction/step.hpp"

namespace latchkey::endpoints {

/// The event that answers a question. Errors: storage errors.
[[nodiscard]] Result<interaction::Event> answer(const Visit& visit, database::WriteTransaction& tx,
                                                const interaction::Question& question);

/// The values of the Set-Cookie headers that come of it. Errors: storage errors.
[[nodiscard]] Result<std::vector<std::string>> perform(const Visit& visit,
                                                       database::WriteTransaction& tx,
                                                       const interaction::Write& write);

}  // namespace latchkey::endpoints
