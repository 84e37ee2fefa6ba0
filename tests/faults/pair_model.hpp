#pragma once

// What the connection of one user with one app may answer, one operation after the other: the
// sequential model that recorded histories are checked against. It knows the rules of the product
// (single use, rotation with grace, reuse kills, revoking ends everything, 20 families) and nothing
// of how the server keeps them.

#include <compare>
#include <cstdint>
#include <vector>

#include "tests/faults/linearizability.hpp"

namespace latchkey::testing {

/// Within this after a rotation its parent must be answered; the servers are configured so. Times
/// are nanoseconds of the monotonic clock.
inline constexpr std::int64_t model_grace_seconds = 60;

/// Tokens, consents and values are numbers, given in the order in which the test first saw them;
/// 0 is none. Negative: it exists, but the answer that held it was lost.
using TokenNumber = std::int64_t;

enum class PairAction : std::uint8_t {
    exchange,     // a consent token
    issue_again,  // by public id
    refresh,
    read,   // the metafield, by an access token
    write,  // the same
    revoke,
};

struct PairOperation {
    PairAction action = PairAction::read;
    Interval interval{};
    Certainty certainty = Certainty::answered;
    enum class Answer : std::uint8_t { ok, refused } answer = Answer::ok;

    TokenNumber consent = 0;               // exchange: which consent token
    std::int64_t consent_revocations = 0;  // exchange: revocations before the person agreed
    TokenNumber presented = 0;         // refresh: the refresh token; read, write: the access token
    TokenNumber presented_family = 0;  // refresh: the first token of its family
    TokenNumber refresh_token = 0;     // issued
    TokenNumber access_token = 0;      // issued
    TokenNumber value = 0;             // written, or read
};

/// Refresh tokens of one family, told apart by the token it began with.
struct ModelFamily {
    TokenNumber first = 0;
    TokenNumber current = 0;
    TokenNumber parent = 0;
    std::int64_t rotated = 0;  // when the rotation that made `current` was called
    auto operator<=>(const ModelFamily&) const = default;
};

/// A good access token and the family it came with: reuse of that family ends it too.
struct ModelAccess {
    TokenNumber token = 0;
    TokenNumber family = 0;  // its first refresh token
    auto operator<=>(const ModelAccess&) const = default;
};

struct PairState {
    bool live = false;
    std::int64_t revocations = 0;
    std::vector<ModelFamily> families;  // in the order in which they began
    std::vector<ModelAccess> access;    // ascending
    std::vector<TokenNumber> consumed;  // consent tokens, ascending
    /// Families whose first answer was lost: nobody can name them, but they take room. Where they
    /// stand among the others is left open, so that the search need not try every order.
    std::size_t unseen_families = 0;
    TokenNumber value = 0;
    auto operator<=>(const PairState&) const = default;
};

struct PairModel {
    using Operation = PairOperation;
    using State = PairState;
    /// See linearizability.hpp.
    [[nodiscard]] static std::vector<PairState> apply(const PairState& state,
                                                      const PairOperation& operation);
};

}  // namespace latchkey::testing
