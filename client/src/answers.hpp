#pragma once

// Answers read: from HTTP status and JSON to typed values or an Error. All of them may fail with
// http, malformed_answer, graphql and unauthorized.

#include <optional>
#include <string>
#include <string_view>

#include "latchkey/client/error.hpp"
#include "latchkey/client/types.hpp"
#include "transport.hpp"

namespace latchkey::client {

// Of the GraphQL endpoints: {"data":{…}} or {"errors":[…]}.

[[nodiscard]] Result<Tokens> read_fetched_tokens(const HttpAnswer& received);
/// Of a mutation `field` whose payload matters only by its `userErrors`.
[[nodiscard]] Result<void> read_done(const HttpAnswer& received, std::string_view field);
[[nodiscard]] Result<User> read_user(const HttpAnswer& received);
[[nodiscard]] Result<MetafieldPage> read_metafields(const HttpAnswer& received);
[[nodiscard]] Result<std::optional<std::string>> read_metafield(const HttpAnswer& received);
[[nodiscard]] Result<std::optional<MetafieldDefinition>> read_definition(
    const HttpAnswer& received);

/// Of the token endpoint (RFC 6749 5.1, 5.2).
[[nodiscard]] Result<Tokens> read_refreshed_tokens(const HttpAnswer& received);

}  // namespace latchkey::client
