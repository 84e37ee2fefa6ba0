#pragma once

// What a test needs of a Result: the value, or an exception that fails the test by the error's own
// words.

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "base/result.hpp"

namespace latchkey::testing {

template <class T>
T must(Result<T> result) {
    if (!result) {
        throw std::runtime_error(std::string(to_string(result.error().code)) + ": " +
                                 std::string(result.error().public_text.view()) + ": " +
                                 result.error().detail);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace latchkey::testing
