#pragma once

// Where time and randomness come from: main's are the system's, a test brings its own. What decides
// takes the time of the decision, and never looks at a clock.

#include "base/random.hpp"
#include "base/time/clock.hpp"

namespace latchkey {

/// Cheap to copy. Both outlive whoever has it.
struct Ports {
    const Clock& clock;
    Random& random;
};

}  // namespace latchkey
