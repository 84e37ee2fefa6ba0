#pragma once

// The refresh_token grant (RFC 6749 6) with rotation: each use replaces the token, by one
// compare-and-set on the family's row. The immediate parent presented again within the grace gets
// the same successor, so a lost answer logs nobody out; anything older is reuse and ends the
// family. Order is decided by the generation counter, never by a clock.

#include <array>
#include <optional>
#include <string_view>

#include "grants/grant.hpp"
#include "tokens/refresh_token.hpp"

namespace latchkey::grants {

/// A refresh token as presented: its routing and its hash.
struct PresentedToken {
    tokens::RefreshRouting routing;
    Bytes hash;
};

enum class RefreshDecision : std::uint8_t {
    rotate,  // the live token: replace it
    repeat,  // its parent, within the grace: the same successor again
    reuse,   // an older one: the family must die
    refuse,  // expired, or from a history that this row does not know
};

/// What to do with `presented`, given the family's row. Pure.
[[nodiscard]] RefreshDecision decide_refresh(const RefreshFamilyRecord& family,
                                             const PresentedToken& presented, Timestamp now,
                                             Seconds grace);

/// How long a parent may come again: as configured, within max_refresh_grace.
[[nodiscard]] Seconds refresh_grace(const realm::Lifetimes& lifetimes) noexcept;
/// Whether the connection is live and the one that the family was issued under.
[[nodiscard]] bool is_under(const RefreshFamilyRecord& family,
                            const ConnectionRecord& connection) noexcept;

struct RefreshRequest {
    std::string_view refresh_token;
    std::optional<std::string_view> scope;  // may narrow the access token, never widen
    std::optional<std::string_view> idempotency_key = std::nullopt;  // idempotency.hpp
};

/// grant.hpp.
struct RefreshGrant {
    using Request = RefreshRequest;
    using Reason = oauth::Refusal;
    static constexpr std::string_view grant_type = "refresh_token";
    static constexpr std::string_view operation = "refresh";
    static constexpr Tells tells = Tells::tokens_only;

    static oauth::Result<Request> read(const oauth::Parameters& parameters);
    static std::array<std::string_view, 2> arguments(const Request& request);
    static oauth::Result<void> allow(const ClientRecord&) { return {}; }
    static oauth::Result<Granted> decide(const TokenCall& call, const Request& request);
};

/// `client` is authenticated. Refusals: invalid_grant for any token that is not good; where it was
/// reuse, the family's end must stick, and `tx` is committed here. invalid_scope when `scope` is
/// unknown or wider than the grant, and then nothing is used up. Errors: malformed or conflict for
/// an idempotency key that is none or came with another request; storage errors.
[[nodiscard]] oauth::Result<Tokens> refresh_tokens(const realm::Act& act,
                                                   database::WriteTransaction& tx,
                                                   const ClientRecord& client,
                                                   const RefreshRequest& request);

}  // namespace latchkey::grants
