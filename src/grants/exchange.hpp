#pragma once

// fetchTokensForUser: a consent token (once) or a public id (ever after) for an access and a
// refresh token. Everything happens in one write transaction; a consent token is used up in it
// before anything is minted.

#include <array>
#include <optional>
#include <string_view>

#include "grants/grant.hpp"

namespace latchkey::grants {

/// Which refusal it was says no more than the caller may know: which check failed is nobody's
/// business.
enum class ExchangeRefusal : std::uint8_t {
    exactly_one,        // not exactly one of the two was given
    bad_consent_token,  // forged, foreign, expired, replayed or withdrawn
    no_user,            // the public id leads to nobody
    no_consent,         // the person is not connected to the app
};

/// Exactly one is to be given. An empty string counts as given.
struct ExchangeRequest {
    std::optional<std::string_view> consent_token;
    std::optional<std::string_view> public_id;
    std::optional<std::string_view> idempotency_key = std::nullopt;  // idempotency.hpp
};

/// grant.hpp.
struct ExchangeGrant {
    using Request = ExchangeRequest;
    using Reason = ExchangeRefusal;
    static constexpr std::string_view operation = "exchange";
    static constexpr Tells tells = Tells::public_id;

    static std::array<std::string_view, 4> arguments(const Request& request);
    static std::expected<void, Refused<Reason>> allow(const ClientRecord&) { return {}; }
    static std::expected<Granted, Refused<Reason>> decide(const TokenCall& call,
                                                          const Request& request);
};

/// `client` is authenticated. A refusal that must stick (a consent token that is used up, with its
/// line in the trail) commits `tx` itself. Errors: malformed or conflict for an idempotency key
/// that is none or came with another request; storage errors.
[[nodiscard]] Answer<ExchangeRefusal> fetch_tokens_for_user(const realm::Act& act,
                                                            database::WriteTransaction& tx,
                                                            const ClientRecord& client,
                                                            const ExchangeRequest& request);

}  // namespace latchkey::grants
