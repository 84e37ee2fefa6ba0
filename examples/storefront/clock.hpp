#pragma once

// Time comes from outside, so that tests can let hours pass.

#include <chrono>
#include <functional>

namespace storefront {

using Timestamp = std::chrono::sys_seconds;
/// Now. Called from any thread.
using Clock = std::function<Timestamp()>;

}  // namespace storefront
