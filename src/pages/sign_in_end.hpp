#pragma once

// How a sign-in ended, and what the SDK hears of it: the messages of web/README.md.

#include <cstdint>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "interaction/request.hpp"
#include "interaction/step.hpp"

namespace latchkey::pages {

struct SignInEnd {
    enum class Kind : std::uint8_t { completed, cancelled, failed };
    Kind kind = Kind::failed;
    int status = 200;  // of the page that shows it
    Secret message;    // JSON: {"source":"latchkey","flow":…,"type":…,"detail":…}
};

/// What the SDK's onComplete gets.
struct Completion {
    std::string_view email;
    bool email_verified = false;
    std::string_view consented_scopes;
    std::string_view consent_token;
};
[[nodiscard]] SignInEnd completed(const interaction::Request& sign_in,
                                  const Completion& completion);
/// access_denied is "cancelled"; any other refusal is an error by its OAuth name.
[[nodiscard]] SignInEnd refused(const interaction::Request& sign_in,
                                const interaction::Refused& refusal);
/// A failure that the person cannot correct on a page.
[[nodiscard]] SignInEnd failed(const interaction::Request& sign_in, const Error& error);

}  // namespace latchkey::pages
