#pragma once

// The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header): an answer that was lost
// on its way is given again, for a day, to the same client, key and request. It is found and kept
// in the transaction of the work itself, so there is never one without the other, and it is sealed
// at rest. Only answers that changed something are kept: a refusal is decided anew.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "database/transaction.hpp"
#include "grants/tokens.hpp"
#include "realm/act.hpp"

namespace latchkey::grants {

inline constexpr std::size_t max_idempotency_key_size = 255;
inline constexpr Seconds answer_lifetime{24L * 3600};

/// What a request asks for: two that are alike here are the same.
struct AskedFor {
    std::string_view operation;
    std::span<const std::string_view> arguments;
};

/// One request's key, and what the request asks for.
struct IdempotentRequest {
    ClientId client_id;
    Bytes key_hash;
    Bytes fingerprint;
};

/// `key` is the header's value: a structured-field string ("8e03978e…") or the same without the
/// quotes. Errors: malformed (empty, too long, or not printable ASCII).
[[nodiscard]] Result<IdempotentRequest> make_idempotent_request(ClientId client_id,
                                                                std::string_view key,
                                                                const AskedFor& asked);

/// The answer that this request was given before, if any, without `user`. Errors: conflict when
/// the key came with another request; storage_version when another version of this program wrote
/// the answer in a way that this one does not know; internal when it is damaged; storage errors.
[[nodiscard]] Result<std::optional<Tokens>> find_answer(const realm::Act& act,
                                                        database::ReadTransaction& tx,
                                                        const IdempotentRequest& request);
[[nodiscard]] Result<void> keep_answer(const realm::Act& act, database::WriteTransaction& tx,
                                       const IdempotentRequest& request, const Tokens& answer);

}  // namespace latchkey::grants
