#pragma once

// RFC 7662: what a token is worth right now, told only to the app that it was issued to.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "database/transaction.hpp"
#include "model/records.hpp"
#include "realm/realm.hpp"

namespace latchkey::grants {

enum class TokenKind : std::uint8_t { access_token, refresh_token };

/// A token that would be accepted if it were presented now.
struct ActiveToken {
    TokenKind kind;
    ScopeSet scopes;
    std::optional<std::string> public_id;  // absent: it authenticates no user
    std::optional<Timestamp> issued_at;    // of an access token
    Timestamp expires_at;
};

/// Absent for every token that is not good for this client, whatever the reason: forged, expired,
/// revoked, rotated away, or another client's (RFC 7662 2.2). Errors: storage errors.
[[nodiscard]] Result<std::optional<ActiveToken>> introspect_token(const realm::Realm& realm,
                                                                  database::ReadTransaction& tx,
                                                                  const ClientRecord& client,
                                                                  std::string_view token,
                                                                  Timestamp now);

}  // namespace latchkey::grants
