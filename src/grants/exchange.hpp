#pragma once

// fetchTokensForUser: a consent token (once) or a public id (ever after) for an access and a
// refresh token. Everything happens in one write transaction; a consent token is used up in it
// before anything is minted.

#include <optional>
#include <string_view>
#include <variant>

#include "audit/audit.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "model/records.hpp"
#include "realm/services.hpp"

namespace latchkey::grants {

struct IssuedTokens {
    std::string public_id;
    Secret access_token;
    Secret refresh_token;
    Seconds expires_in{};  // of the access token
    ScopeSet scopes;       // as issued (RFC 6749 5.1)
    UserRecord user;       // sealed: open it with people/ only if a field asks for it
};

/// Names as on the wire.
enum class RefusalCode : std::uint8_t { INVALID_TOKEN, NO_CONSENT, NO_USER };
enum class RefusalField : std::uint8_t { consentToken, publicId };

/// The contract's `userErrors` entry: an answer, not an error of ours.
struct Refusal {
    RefusalCode code;
    RefusalField field;
    Literal message;
};

/// Exactly one is to be given. An empty string counts as given.
struct ExchangeRequest {
    std::optional<std::string_view> consent_token;
    std::optional<std::string_view> public_id;
    std::optional<std::string_view> idempotency_key = std::nullopt;  // idempotency.hpp
};

using ExchangeOutcome = std::variant<IssuedTokens, Refusal>;

/// Writes: call it on the write lane. `client` is authenticated. A refusal is an outcome, and what
/// must stick with it (a used-up consent token) is committed. Errors: malformed or conflict for an
/// idempotency key that is none or came with another request; storage errors.
[[nodiscard]] Result<ExchangeOutcome> fetch_tokens_for_user(const realm::Services& services,
                                                            const ClientRecord& client,
                                                            const ExchangeRequest& request,
                                                            Timestamp now,
                                                            const audit::Context& audit);

}  // namespace latchkey::grants
