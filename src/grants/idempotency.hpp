#pragma once

// The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header): an answer that was lost
// on its way is given again, for a day, to the same client, key and request. It is found and kept
// in the transaction of the work itself, so there is never one without the other, and it is sealed
// at rest. Only answers that changed something are kept: a refusal is decided anew.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "database/database.hpp"
#include "model/scopes.hpp"
#include "realm/services.hpp"

namespace latchkey::grants {

inline constexpr std::size_t max_idempotency_key_size = 255;
inline constexpr Seconds answer_lifetime{24L * 3600};

/// One request's key, and what the request asks for.
struct IdempotentRequest {
    ClientId client_id;
    Bytes key_hash;
    Bytes fingerprint;
};

/// `key` is the header's value: a structured-field string ("8e03978e…") or the same without the
/// quotes. `request` names the operation and its arguments. Errors: malformed (empty, too long, or
/// not printable ASCII).
[[nodiscard]] Result<IdempotentRequest> make_idempotent_request(
    ClientId client_id, std::string_view key, std::initializer_list<std::string_view> request);

/// What both token operations answer.
struct TokenAnswer {
    UserId user_id;
    std::string public_id;  // empty where the operation does not answer one
    Secret access_token;
    Secret refresh_token;
    Seconds expires_in{};
    ScopeSet scopes;
};

/// The answer that this request was given before, if any. Errors: conflict when the key came with
/// another request; storage errors.
[[nodiscard]] Result<std::optional<TokenAnswer>> find_answer(const realm::Services& services,
                                                             database::ReadTransaction& tx,
                                                             const IdempotentRequest& request,
                                                             Timestamp now);
[[nodiscard]] Result<void> keep_answer(const realm::Services& services,
                                       database::WriteTransaction& tx,
                                       const IdempotentRequest& request, const TokenAnswer& answer,
                                       Timestamp now);

}  // namespace latchkey::grants
