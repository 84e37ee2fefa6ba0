#pragma once

// What several use cases say of something that is not there.

#include "base/result.hpp"

namespace latchkey::admin {

[[nodiscard]] inline Failure no_such_user() {
    return fail(ErrorCode::not_found, "No such user.", "no user has this id or address");
}

}  // namespace latchkey::admin
