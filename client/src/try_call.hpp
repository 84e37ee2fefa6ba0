#pragma once

// TRY (base/result.hpp) for Outcome: takes the value, or returns the CallError to the caller.

#include <type_traits>
#include <utility>

#include "latchkey/client/outcome.hpp"

namespace latchkey::client::detail {

template <class T>
T take(Outcome<T>&& outcome) {
    if constexpr (!std::is_void_v<T>) return std::move(*outcome);
}

}  // namespace latchkey::client::detail

#define TRY_CALL(...)                                                       \
    __extension__({                                                         \
        auto outcome_ = (__VA_ARGS__);                                      \
        if (!outcome_) return std::unexpected(std::move(outcome_).error()); \
        ::latchkey::client::detail::take(std::move(outcome_));              \
    })
