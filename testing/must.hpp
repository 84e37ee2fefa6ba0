#pragma once

// What a test needs of a Result: the value, or an exception that fails the test by the error's own
// words.

#include <expected>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "base/refused.hpp"
#include "base/result.hpp"

namespace latchkey::testing {

[[nodiscard]] inline std::string in_words(const Error& error) {
    return std::string(to_string(error.code)) + ": " + std::string(error.public_text.view()) +
           ": " + error.detail;
}
template <class Reason>
[[nodiscard]] std::string in_words(const Refused<Reason>& refused) {
    return refused.error() != nullptr ? in_words(*refused.error()) : std::string("refused");
}

template <class T, class E>
T must(std::expected<T, E> result) {
    if (!result) throw std::runtime_error(in_words(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace latchkey::testing
