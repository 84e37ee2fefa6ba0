#pragma once

// The way of every grant, in order: is it for this app → was this request answered before
// (idempotency) → what does the grant decide → issue → the trail → keep the answer. Client
// authentication comes before and the response after, at the endpoint.

#include <optional>
#include <utility>

#include "grants/grant.hpp"
#include "grants/idempotency.hpp"

namespace latchkey::grants {

/// Absent: the request carries no key.
[[nodiscard]] Result<std::optional<IdempotentRequest>> read_idempotency(const TokenCall& call,
                                                                        const AskedFor& asked);

/// The same answer as before, for a request that came before. One for a person who is gone is
/// decided anew.
[[nodiscard]] Result<std::optional<Tokens>> find_kept(const TokenCall& call,
                                                      const IdempotentRequest& request);

/// Issues what was decided, and leaves its line in the trail.
[[nodiscard]] Result<Tokens> issue(const TokenCall& call, Granted&& granted, Tells tells);

/// Runs a grant. Refusals: its own. Errors: malformed or conflict for an idempotency key that is
/// none or came with another request; storage errors.
template <Grant G>
[[nodiscard]] Answer<typename G::Reason> run(const TokenCall& call,
                                             const typename G::Request& request) {
    TRY(G::allow(call.client));
    const auto arguments = G::arguments(request);
    const auto idempotent = TRY(read_idempotency(call, {G::operation, arguments}));
    if (idempotent) {
        auto kept = TRY(find_kept(call, *idempotent));
        if (kept) return std::move(*kept);
    }
    auto granted = TRY(G::decide(call, request));
    auto tokens = TRY(issue(call, std::move(granted), G::tells));
    if (idempotent) TRY(keep_answer(call.act, call.tx, *idempotent, tokens));
    return tokens;
}

}  // namespace latchkey::grants
