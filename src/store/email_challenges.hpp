#pragma once

// E-mail codes on their way to somebody.

#include <optional>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// Errors: conflict when the id is taken.
[[nodiscard]] Result<void> insert_challenge(database::WriteTransaction& tx,
                                            const SignInChallengeRecord& challenge);
/// Counts one try and answers the challenge as it then is: parallel guesses each find their own
/// number. Absent when it does not exist, or is another realm's.
[[nodiscard]] Result<std::optional<SignInChallengeRecord>> count_challenge_try(
    database::WriteTransaction& tx, RealmId realm, ChallengeId id);
/// False: it was consumed or removed before. Of any number of requests, one gets true.
[[nodiscard]] Result<bool> consume_challenge(database::WriteTransaction& tx, ChallengeId id);

/// How many of a realm's challenges are sealed under this version of a ring key.
[[nodiscard]] Result<std::int64_t> count_challenges_under(database::ReadTransaction& tx,
                                                          RealmId realm, std::int64_t version);
/// Removes at most `limit` that expired before `now`; how many went.
[[nodiscard]] Result<std::int64_t> delete_expired_challenges(database::WriteTransaction& tx,
                                                             Timestamp now, int limit);

}  // namespace latchkey::store
