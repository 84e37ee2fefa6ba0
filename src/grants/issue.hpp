#pragma once

// The last step of every grant: a fresh family under a live connection, and the pair of tokens.

#include <optional>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "database/database.hpp"
#include "model/records.hpp"
#include "realm/services.hpp"

namespace latchkey::grants {

struct TokenPair {
    Secret access_token;
    Secret refresh_token;
};

/// An access token of `scopes` under `connection`, of `family`.
[[nodiscard]] Secret issue_access_token(const realm::Services& services,
                                        const ConnectionRecord& connection,
                                        const RefreshFamilyRecord& family, ScopeSet scopes,
                                        Timestamp now);

/// What a grant gives: which scopes, and how the person was authenticated, where they were there.
struct Granted {
    ScopeSet scopes;
    std::optional<Authentication> authentication = std::nullopt;
};

/// A new refresh-token family (the oldest goes when there are too many) and its first pair.
[[nodiscard]] Result<TokenPair> issue_family(const realm::Services& services,
                                             database::WriteTransaction& tx,
                                             const ConnectionRecord& connection,
                                             const Granted& granted, Timestamp now);

/// When a family's row expires: after disuse, and never later than its absolute end.
[[nodiscard]] Timestamp family_row_expiry(const realm::Lifetimes& lifetimes, Timestamp absolute_end,
                                          Timestamp now);

}  // namespace latchkey::grants
