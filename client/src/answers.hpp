#pragma once

// Answers read: from HTTP status and JSON to typed values or a CallError.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "json/value.hpp"
#include "latchkey/client/outcome.hpp"
#include "latchkey/client/types.hpp"
#include "transport.hpp"

namespace latchkey::client {

/// An answer's JSON, and what a failure needs to say about where it came from.
struct Answer {
    json::Value json;
    int status = 0;
    std::string request_id;
};

/// The answer of a GraphQL endpoint: its `data` is there and there are no `errors`.
[[nodiscard]] Outcome<Answer> read_graphql(const HttpAnswer& answer, std::size_t max_bytes);
/// data.<field>, an object whose `userErrors` are empty.
[[nodiscard]] Outcome<const json::Value*> read_payload(const Answer& answer,
                                                       std::string_view field);

[[nodiscard]] Outcome<Tokens> read_fetched_tokens(const Answer& answer);
/// RFC 6749 5.1, 5.2.
[[nodiscard]] Outcome<Tokens> read_refreshed_tokens(const HttpAnswer& answer,
                                                    std::size_t max_bytes);
[[nodiscard]] Outcome<User> read_user(const Answer& answer);
[[nodiscard]] Outcome<MetafieldPage> read_metafields(const Answer& answer);
[[nodiscard]] Outcome<std::optional<std::string>> read_metafield(const Answer& answer);
[[nodiscard]] Outcome<std::optional<MetafieldDefinition>> read_definition(const Answer& answer);

}  // namespace latchkey::client
