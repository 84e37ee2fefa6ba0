#pragma once

// The fields that every payload with tokens has.

#include "grants/tokens.hpp"
#include "graphql/resolvers.hpp"

namespace latchkey::api::partners {

/// A resolver of a field that is null unless `payload.tokens` is there: `read(*payload.tokens)`.
template <class Payload, class Read>
[[nodiscard]] auto when_issued(Read read) {
    return [read](const Payload& payload) {
        return payload.tokens ? read(*payload.tokens) : graphql::Value();
    };
}

template <class Payload>
void add_token_fields(graphql::Resolvers::Fields<Payload>& fields) {
    using grants::Tokens;
    using graphql::Value;
    fields
        .field("accessToken", when_issued<Payload>([](const Tokens& tokens) {
                   return Value::text(tokens.access_token.reveal());
               }))
        .field("expiresIn", when_issued<Payload>([](const Tokens& tokens) {
                   return Value::integer(tokens.expires_in.count());
               }))
        .field("refreshToken", when_issued<Payload>([](const Tokens& tokens) {
                   return Value::text(tokens.refresh_token.reveal());
               }))
        .field("tokenType",
               when_issued<Payload>([](const Tokens&) { return Value::text("Bearer"); }));
}

}  // namespace latchkey::api::partners
