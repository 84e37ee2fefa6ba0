#pragma once

// RFC 7009: an app hands a token back. A refresh token ends its family, and the access tokens
// issued under that with it; an access token ends alone. The connection lives on: the person's
// consent is theirs to withdraw (connections.hpp).

#include <string_view>

#include "base/result.hpp"
#include "database/transaction.hpp"
#include "model/records.hpp"
#include "oauth/result.hpp"
#include "realm/act.hpp"
#include "tokens/ended_marks.hpp"

namespace latchkey::grants {

/// `client` is authenticated. Succeeds also when there is nothing to revoke (RFC 7009 2.2).
/// Refusals: invalid_grant when the token is another client's (RFC 7009 2.1);
/// unsupported_token_type. Errors: unavailable (too many at once); storage errors.
[[nodiscard]] oauth::Result<void> revoke_token(const realm::Act& act,
                                               database::WriteTransaction& tx,
                                               const ClientRecord& client, std::string_view token);

/// What ends, of which connection.
struct EndedAccess {
    UserId user_id;
    ClientId client_id;
    tokens::EndedMark ended;
};
/// Access tokens of this mark are refused from the commit on. Errors: unavailable (too many);
/// storage errors.
[[nodiscard]] Result<void> end_access(database::WriteTransaction& tx, const EndedAccess& access,
                                      Timestamp now);

}  // namespace latchkey::grants
