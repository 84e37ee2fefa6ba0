#pragma once

// Who looks at the account's pages.

#include <string>

#include "base/time/clock.hpp"
#include "model/records.hpp"
#include "people/users.hpp"

namespace latchkey::pages {

/// The person of a request, with the session they came in.
struct Visitor {
    people::User user;
    BrowserSessionRecord session;
    std::string session_secret;  // the cookie's value: codes and challenges are bound to it
    std::string form_token;      // of every form in this session

    /// Signed in a short while ago.
    [[nodiscard]] bool is_fresh(Timestamp now) const;
};

}  // namespace latchkey::pages
