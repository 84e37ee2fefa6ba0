#pragma once

// What several use cases say of something that is not there.

#include "base/result.hpp"

namespace latchkey::admin {

[[nodiscard]] inline Failure no_such_app() {
    return fail(ErrorCode::not_found, "No such app.", "no app has this client id");
}

}  // namespace latchkey::admin
