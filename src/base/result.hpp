#pragma once

// Result<T> and TRY: how errors travel. `auto row = TRY(find(tx, id));` takes the value or returns
// the error to the caller. Use it at statement level only, never inside a larger expression. It
// serves every std::expected whose error the caller's own can be made of (base/refused.hpp).

#include <expected>
#include <utility>

#include "base/error.hpp"

namespace latchkey {

template <class T>
using Result = std::expected<T, Error>;

using Failure = std::unexpected<Error>;

[[nodiscard]] inline Failure fail(ErrorCode code, Literal public_text, std::string detail = {}) {
    return Failure(Error(code, public_text, std::move(detail)));
}

namespace detail {
template <class T, class E>
T take(std::expected<T, E>&& result) {
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}
}  // namespace detail

}  // namespace latchkey

#define TRY(...)                                                                    \
    __extension__({                                                                 \
        auto try_result_ = (__VA_ARGS__);                                           \
        if (!try_result_) return ::std::unexpected(std::move(try_result_).error()); \
        ::latchkey::detail::take(std::move(try_result_));                           \
    })
