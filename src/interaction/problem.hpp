#pragma once

// What ends a sign-in that the person cannot mend on the page: what they read, what the SDK hears,
// and the page's status.

#include <cstdint>
#include <string_view>

#include "base/error.hpp"

namespace latchkey::interaction {

enum class Problem : std::uint8_t {
    unusable_link,  // the address or the form is not one of ours, or damaged
    unknown_app,
    unknown_page,  // an origin or a return address that the app has not registered
    stale_form,    // of another browser or session, or too old
    too_often,
    server_failed,  // for now: it may work in a moment
    fault,          // on our side: a bug
};

struct ProblemText {
    std::string_view key;       // of the catalogue: "error.link"
    std::string_view sdk_code;  // of docs/sdk.md
    int status;                 // of the page that says it
};
[[nodiscard]] ProblemText text_of(Problem problem) noexcept;

/// What an error is to a person.
[[nodiscard]] Problem problem_of(ErrorCode code) noexcept;

}  // namespace latchkey::interaction
