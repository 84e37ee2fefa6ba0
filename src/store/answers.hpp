#pragma once

// Answers that are given again when the same idempotency key comes back: sealed by the caller.

#include <optional>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

struct AnswerRecord {
    ClientId client_id;
    Bytes key_hash;     // SHA-256 of the client's idempotency key
    Bytes fingerprint;  // of the request it answered
    Bytes sealed_answer;
    Timestamp expires_at;
};

/// Absent also when it expired.
[[nodiscard]] Result<std::optional<AnswerRecord>> find_answer(database::ReadTransaction& tx,
                                                              ClientId client_id, ByteView key_hash,
                                                              Timestamp now);
/// Errors: conflict when a live answer is there.
[[nodiscard]] Result<void> insert_answer(database::WriteTransaction& tx, const AnswerRecord& answer,
                                         Timestamp now);
/// Removes at most `limit` that expired before `now`; how many went.
[[nodiscard]] Result<std::int64_t> delete_expired_answers(database::WriteTransaction& tx,
                                                          Timestamp now, int limit);

}  // namespace latchkey::store
