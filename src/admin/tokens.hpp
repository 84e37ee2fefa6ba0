#pragma once

// One token, for whoever helps the app or the person that holds it. The operator needs no app's
// secret: the token itself says whose it is.

#include <optional>
#include <string_view>

#include "grants/introspection.hpp"
#include "model/records.hpp"
#include "realm/act.hpp"

namespace latchkey::admin {

struct TokenReport {
    ClientRecord client;
    std::optional<grants::ActiveToken> active;  // absent: it is worth nothing any more
};
/// What a token is worth at `now`. Errors: invalid_token (not of this realm, or expired).
[[nodiscard]] Result<TokenReport> inspect_token(const realm::Realm& realm,
                                                database::ReadTransaction& tx,
                                                std::string_view token, Timestamp now);

/// The app that it was issued to. A refresh token ends its family, an access token itself. Errors:
/// invalid_token; unsupported (a token that cannot be revoked).
[[nodiscard]] Result<ClientRecord> revoke_token(const realm::Act& act,
                                                database::WriteTransaction& tx,
                                                std::string_view token);

}  // namespace latchkey::admin
