#pragma once

// A person's connections to apps: seen and cut off, by the person, the partner or the operator.

#include <optional>
#include <vector>

#include "base/result.hpp"
#include "model/records.hpp"
#include "realm/act.hpp"

namespace latchkey::grants {

inline constexpr int max_connections_page = 100;

struct ConnectionKey {
    UserId user_id;
    ClientId client_id;
};

enum class RevokeOutcome : std::uint8_t { revoked, none_live };

/// Cuts a connection off: every access and refresh token issued under it stops at its next use.
/// Audited. Errors: storage errors.
[[nodiscard]] Result<RevokeOutcome> revoke_connection(const realm::Act& act,
                                                      database::WriteTransaction& tx,
                                                      const ConnectionKey& key);

/// A user's connections of any state, in keyset pages by client id.
[[nodiscard]] Result<std::vector<ConnectionRecord>> list_connections_of_user(
    database::ReadTransaction& tx, UserId user_id, std::optional<ClientId> after);

}  // namespace latchkey::grants
