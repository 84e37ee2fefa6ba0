#pragma once

// Failures that end a sign-in, because the person cannot correct them on the page: the text for the
// person, the code for the SDK, and the page's status.

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
    server_failed,  // it may work in a moment
    fault,          // a bug of ours
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
