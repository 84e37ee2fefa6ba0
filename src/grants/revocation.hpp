#pragma once

// RFC 7009: an app hands a token back. A refresh token ends its family, and the access tokens
// issued under that with it; an access token ends alone. The connection lives on: the person's
// consent is theirs to withdraw (connections.hpp).

#include <string_view>

#include "audit/audit.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "model/records.hpp"
#include "realm/services.hpp"
#include "tokens/ended_marks.hpp"

namespace latchkey::grants {

/// Writes: call it on the write lane. `client` is authenticated. Succeeds also when there is
/// nothing to revoke (RFC 7009 2.2). Errors: invalid_token when the token is another client's
/// (RFC 7009 2.1); unavailable; storage errors.
[[nodiscard]] Result<void> revoke_token(const realm::Services& services, const ClientRecord& client,
                                        std::string_view token, Timestamp now,
                                        const audit::Context& audit);

/// What ends, of which connection.
struct EndedAccess {
    UserId user_id;
    ClientId client_id;
    tokens::EndedMark ended;
};
/// The same for the caller's own transaction: access tokens of this mark are refused from its
/// commit on. Errors: unavailable (too many, or changed meanwhile); storage errors.
[[nodiscard]] Result<void> end_access(database::WriteTransaction& tx, const EndedAccess& access,
                                      Timestamp now);

}  // namespace latchkey::grants
