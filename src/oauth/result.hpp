#pragma once

// What a function of the OAuth protocols answers: a value, a refusal by its name on the wire, or an
// error of ours. TRY serves all three.

#include <expected>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/refused.hpp"
#include "oauth/error.hpp"

namespace latchkey::oauth {

struct Refusal {
    Error error;
    Literal description;      // `error_description`: all that a client may see
    std::string detail = {};  // for the log; never a secret or a claim
};

using Refused = latchkey::Refused<Refusal>;

template <class T>
using Result = std::expected<T, Refused>;

[[nodiscard]] inline std::unexpected<Refused> refuse(Error error, Literal description,
                                                     std::string detail = {}) {
    return std::unexpected(Refused(Refusal{error, description, std::move(detail)}));
}
/// With the description of the table.
[[nodiscard]] inline std::unexpected<Refused> refuse(Error error) {
    return refuse(error, row_of(error).description);
}

[[nodiscard]] inline bool is(const Refused& refused, Error error) noexcept {
    return refused.refusal() != nullptr && refused.refusal()->error == error;
}

}  // namespace latchkey::oauth
