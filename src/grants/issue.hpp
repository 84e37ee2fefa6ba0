#pragma once

// The last step of every grant: a fresh family under a live connection, and the pair of tokens.

#include <optional>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time/clock.hpp"
#include "database/transaction.hpp"
#include "grants/tokens.hpp"
#include "model/records.hpp"
#include "realm/act.hpp"
#include "tokens/access_token.hpp"

namespace latchkey::grants {

/// What an access token is issued for.
struct AccessStart {
    FamilyId family;
    ScopeSet scopes;
    std::optional<Timestamp> auth_time;  // when the person proved who they are
    std::optional<tokens::Confirmation> confirmation = std::nullopt;  // see TokenCall
};
[[nodiscard]] Secret issue_access_token(const realm::Act& act, const ConnectionRecord& connection,
                                        const AccessStart& start);

/// What a new family is issued for.
struct FamilyStart {
    ScopeSet scopes;
    std::optional<Authentication> authentication = std::nullopt;      // where the person was there
    std::optional<tokens::Confirmation> confirmation = std::nullopt;  // see TokenCall
};
/// A new refresh-token family (the oldest goes when there are too many) and its first pair.
[[nodiscard]] Result<Tokens> issue_family(const realm::Act& act, database::WriteTransaction& tx,
                                          const ConnectionRecord& connection,
                                          const FamilyStart& start);

/// When a family's row expires: after disuse, and never later than its absolute end.
[[nodiscard]] Timestamp family_row_expiry(const realm::Lifetimes& lifetimes, Timestamp absolute_end,
                                          Timestamp now);

}  // namespace latchkey::grants
