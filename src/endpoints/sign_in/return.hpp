#pragma once

// `mode=redirect`: the outcome goes back to the app's page in the URL's fragment, sealed. It is
// opened only for the page that began the sign-in. The SDK keeps a verifier in that page's storage
// and sends its hash, the code challenge, which is bound into the seal (RFC 7636). A URL that is
// found in a history or a log is of no use without the verifier.
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

/// As long as the consent token in it. The app's page has it opened at once.
inline constexpr Seconds returned_outcome_lifetime = std::chrono::minutes(5);

/// The URL on the app's page, with `message` sealed. Only the SDK reads the message.
[[nodiscard]] std::string return_url(const keys::KeyRing& keys,
                                     const interaction::RedirectFragment& ends,
                                     const Secret& message, Timestamp now);

struct ReturnedOutcome {
    std::string_view origin;         // of the page that asks, as the browser says
    std::string_view sealed;         // latchkey_result
    std::string_view code_verifier;  // from the page's storage
};
/// The message. Errors: invalid_token (not sealed for this page and verifier), expired.
[[nodiscard]] Result<Secret> open_returned(const keys::KeyRing& keys,
                                           const ReturnedOutcome& returned, Timestamp now);

}  // namespace latchkey::endpoints
