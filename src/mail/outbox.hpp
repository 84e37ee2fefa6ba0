#pragma once

// Mail that waits in the store, sealed: enqueued in the transaction of what it tells about, so
// that neither can exist without the other.

#include "base/result.hpp"
#include "database/database.hpp"
#include "keys/key_ring.hpp"
#include "mail/mail.hpp"
#include "model/records.hpp"

namespace latchkey::mail {

[[nodiscard]] Result<void> enqueue(database::WriteTransaction& tx, const keys::KeyRing& keys,
                                   const MailMessage& mail, Timestamp now);

/// Errors: invalid_token when the record does not open; malformed.
[[nodiscard]] Result<MailMessage> open_mail(const keys::KeyRing& keys,
                                            const OutgoingMailRecord& record);

}  // namespace latchkey::mail
