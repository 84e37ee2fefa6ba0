#pragma once

// Mail that waits to be sent, sealed by its realm's ring.

#include <optional>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// The id it was given: in the order of arrival, and no two mails ever have the same.
[[nodiscard]] Result<MailId> enqueue_mail(database::WriteTransaction& tx,
                                          const OutgoingMailRecord& mail);
/// Mail of every realm whose time has come, what waits longest first.
[[nodiscard]] Result<std::vector<OutgoingMailRecord>> list_due_mail(database::ReadTransaction& tx,
                                                                    Timestamp now, int limit);
/// A realm's newest mail, for the development mailbox.
[[nodiscard]] Result<std::vector<OutgoingMailRecord>> list_newest_mail(
    database::ReadTransaction& tx, RealmId realm, int limit);
/// Counts an attempt on the mail as it was read, and sets when the next one is due. False: another
/// sender was first, or the mail is gone: of several, one sends.
[[nodiscard]] Result<bool> claim_mail(database::WriteTransaction& tx,
                                      const OutgoingMailRecord& read, Timestamp next_attempt_at);
/// When the next attempt is due, after one that was claimed and did not succeed; nothing if another
/// was claimed since. Gone is no error.
[[nodiscard]] Result<void> postpone_mail(database::WriteTransaction& tx,
                                         const OutgoingMailRecord& claimed);
/// Gone is no error.
[[nodiscard]] Result<void> delete_mail(database::WriteTransaction& tx, MailId id);
/// How many of a realm's mails are sealed under this version of a ring key.
[[nodiscard]] Result<std::int64_t> count_mail_under(database::ReadTransaction& tx, RealmId realm,
                                                    std::int64_t version);

}  // namespace latchkey::store
