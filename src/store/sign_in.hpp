#pragma once

// E-mail code challenges, browser sessions and mail that waits to be sent.

#include <optional>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

[[nodiscard]] Result<void> insert_challenge(database::WriteTransaction& tx,
                                            const SignInChallengeRecord& challenge);
/// Counts one try and answers the challenge as it then is; absent when it does not exist.
[[nodiscard]] Result<std::optional<SignInChallengeRecord>> count_challenge_try(
    database::WriteTransaction& tx, ChallengeId id);
/// False: it was consumed or removed before.
[[nodiscard]] Result<bool> consume_challenge(database::WriteTransaction& tx, ChallengeId id);

[[nodiscard]] Result<void> insert_session(database::WriteTransaction& tx,
                                          const BrowserSessionRecord& session);
[[nodiscard]] Result<std::optional<BrowserSessionRecord>> find_session(
    database::ReadTransaction& tx, ByteView session_hash);
[[nodiscard]] Result<bool> delete_session(database::WriteTransaction& tx, ByteView session_hash);

/// The id it was given.
[[nodiscard]] Result<std::int64_t> enqueue_mail(database::WriteTransaction& tx,
                                                const OutgoingMailRecord& mail);
/// Mail whose time has come, oldest first.
[[nodiscard]] Result<std::vector<OutgoingMailRecord>> list_due_mail(database::ReadTransaction& tx,
                                                                    Timestamp now, int limit);
/// The newest mail, for the development mailbox.
[[nodiscard]] Result<std::vector<OutgoingMailRecord>> list_newest_mail(
    database::ReadTransaction& tx, int limit);
[[nodiscard]] Result<void> reschedule_mail(database::WriteTransaction& tx, std::int64_t id,
                                           Timestamp next_attempt_at);
[[nodiscard]] Result<void> delete_mail(database::WriteTransaction& tx, std::int64_t id);

/// Removes at most `limit` challenges and sessions that expired before `now`; how many went.
[[nodiscard]] Result<std::int64_t> delete_expired_sign_ins(database::WriteTransaction& tx,
                                                           Timestamp now, int limit);

}  // namespace latchkey::store
