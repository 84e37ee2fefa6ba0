#pragma once

// fail() and TRY: `auto row = TRY(find(id));` takes the value, or returns the Error to the caller.
// At statement level only. They are the library's own: no public header includes them.

#include <type_traits>
#include <utility>

#include "latchkey/client/error.hpp"

namespace latchkey::client {

[[nodiscard]] inline std::unexpected<Error> fail(ErrorKind kind, std::string message) {
    return std::unexpected(Error{kind, std::move(message)});
}

template <class T>
T take_value(Result<T>&& result) {
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace latchkey::client

#define TRY(...)                                                                  \
    __extension__({                                                               \
        auto try_result_ = (__VA_ARGS__);                                         \
        if (!try_result_) return std::unexpected(std::move(try_result_).error()); \
        ::latchkey::client::take_value(std::move(try_result_));                   \
    })
