#pragma once

// Consent tokens: a person's consent on its way from the sign-in page, through the storefront, to
// the partner's server, which exchanges it once. A JWT (typ consent+jwt, RS256) that this server
// signs and verifies itself, five minutes long.
//
// Claims: iss, aud (the Partners API), client_id, sub (public id), jti, iat, exp, scope, origin,
// and revocations: how often the connection had been revoked when the person agreed. A later
// revocation makes the token void, by counting instead of by comparing clocks.
//
// And, sealed for this server alone, session: in which browser session they agreed, and when they
// had proved who they are. In the clear, either would be the same for every app that a person signs
// in to from one browser, and so tell two apps that they have the same person.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "base/time/clock.hpp"
#include "model/records.hpp"
#include "realm/act.hpp"

namespace latchkey::tokens {

/// How far another node's clock may be ahead when it issues.
inline constexpr Seconds max_clock_skew{30};

/// Longest text worth looking at.
inline constexpr std::size_t max_consent_token_size = 4096;

/// What a person agreed to, on which page.
struct ConsentGrant {
    ClientId client_id;
    UserId user_id;
    ScopeSet scopes;          // after: asked for, registered, left ticked
    std::string_view origin;  // of the page that embeds the sign-in; "cli" for support
    std::optional<Authentication> authentication = std::nullopt;  // absent: by support
};

/// A verified consent token.
struct ConsentToken {
    ConsentTokenId jti;
    ClientId client_id;
    UserId user_id;
    ScopeSet scopes;
    std::string origin;
    std::int64_t connection_revocations = 0;
    Timestamp issued_at;
    Timestamp expires_at;
    std::optional<Authentication> authentication = std::nullopt;
};

/// How often the connection has been revoked so far; 0 without one.
[[nodiscard]] std::int64_t connection_revocations(
    const std::optional<ConnectionRecord>& connection);

/// The sign-in page's last step: reads the connection and signs (about 0.8 ms). Writes nothing.
/// Errors: storage errors; internal if signing fails.
[[nodiscard]] Result<Secret> issue_consent_token(const realm::Act& act,
                                                 database::ReadTransaction& tx,
                                                 const ConsentGrant& grant);

/// The same for support and tests (CLI), with a lifetime of choice, and audited.
/// Errors: not_found (no such client or user); invalid_argument (scopes that the app is not
/// registered for, lifetime outside 1 s … 1 day).
[[nodiscard]] Result<Secret> issue_support_consent_token(const realm::Act& act,
                                                         database::WriteTransaction& tx,
                                                         const ConsentGrant& grant,
                                                         Seconds lifetime);

/// Signs exactly these claims.
[[nodiscard]] Result<Secret> mint_consent_token(const realm::Realm& realm,
                                                const ConsentToken& token);

/// Checks everything that the text alone can tell: signature, typ, iss, aud, client, times, forms.
/// Errors: invalid_token, whatever is wrong with it.
[[nodiscard]] Result<ConsentToken> verify_consent_token(const realm::Realm& realm,
                                                        ClientId client_id, std::string_view text,
                                                        Timestamp now);

}  // namespace latchkey::tokens
