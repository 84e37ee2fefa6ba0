#pragma once

// The ids of consent tokens that were used: each is good once.

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// Remembers a consent token's jti until it expires. False: it was used before. Of any number of
/// requests with one token, one gets true. `expires_at` is the token's own `exp`: the two go
/// together in the key, so that the table stays in time order.
[[nodiscard]] Result<bool> consume_consent_token(database::WriteTransaction& tx, ConsentTokenId jti,
                                                 Timestamp expires_at);

/// Removes at most `limit` that expired before `now`; how many went.
[[nodiscard]] Result<std::int64_t> delete_expired_consent_ids(database::WriteTransaction& tx,
                                                              Timestamp now, int limit);

}  // namespace latchkey::store
