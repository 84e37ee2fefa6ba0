#pragma once

// The numbered steps of the schema. A step that has been released never changes; the next change
// is a new file. Steps only add, so that a program one version older still works on the result.

#include <cstdint>
#include <span>

#include "database/database.hpp"

namespace latchkey::store::schema {

struct Step {
    std::int64_t version;
    std::span<const database::Sql> statements;
};

/// All steps, in the order of their versions.
[[nodiscard]] std::span<const Step> steps();

// One per file, in the order of their numbers.
[[nodiscard]] Step step_0001();
[[nodiscard]] Step step_0002();
[[nodiscard]] Step step_0003();
[[nodiscard]] Step step_0004();
[[nodiscard]] Step step_0005();
[[nodiscard]] Step step_0006();
[[nodiscard]] Step step_0007();

}  // namespace latchkey::store::schema
