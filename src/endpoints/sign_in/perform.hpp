#pragma once

// Answers the questions of a step and does its writes, in the transaction of the request.

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

/// Does a write. Returns the values of the Set-Cookie headers for it. Errors: storage errors.
[[nodiscard]] Result<std::vector<std::string>> perform(const Visit& visit,
                                                       database::WriteTransaction& tx,
                                                       const interaction::Write& write);

}  // namespace latchkey::endpoints
