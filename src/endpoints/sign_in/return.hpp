#pragma once

// `mode=redirect`: the outcome goes back to the app's page in the URL's fragment, sealed. Only who
// began the sign-in can have it opened: the SDK's verifier never left the page's own storage, and
// the code challenge that it hashes to is bound into the seal (RFC 7636, as for codes). So what a
// history, a log or another page may see of the URL is worth nothing.
//
//     {return_to}#latchkey_flow={flow}&latchkey_result={sealed}

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time/clock.hpp"
#include "interaction/request.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::endpoints {

/// The page that it returns to opens it at once; the consent token in it lives as long.
inline constexpr Seconds returned_outcome_lifetime = std::chrono::minutes(5);

/// Where redirect mode goes back to with `message`, which is the SDK's to hear.
[[nodiscard]] std::string return_url(const keys::KeyRing& keys,
                                     const interaction::RedirectFragment& ends,
                                     const Secret& message, Timestamp now);

struct ReturnedOutcome {
    std::string_view origin;         // of the page that asks, as the browser says
    std::string_view sealed;         // latchkey_result
    std::string_view code_verifier;  // what the page kept
};
/// The message. Errors: invalid_token (not sealed for this page and verifier), expired.
[[nodiscard]] Result<Secret> open_returned(const keys::KeyRing& keys,
                                           const ReturnedOutcome& returned, Timestamp now);

}  // namespace latchkey::endpoints
