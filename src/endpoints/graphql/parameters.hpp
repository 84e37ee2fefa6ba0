#pragma once

// What a GraphQL-over-HTTP request asks to run (draft, section 4), from either form.

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "graphql/persisted_queries.hpp"
#include "http/message.hpp"
#include "json/value.hpp"

namespace latchkey::endpoints {

struct GraphqlParameters {
    std::optional<std::string> query;  // absent: the hash names it
    /// extensions.persistedQuery.sha256Hash (Apollo's automatic persisted queries, version 1).
    std::optional<graphql::QueryHash> hash;
    std::optional<std::string> operation_name;
    json::Value variables;  // an object or null
};

/// Why there are none.
struct ParameterFault {
    enum class Kind : std::uint8_t { malformed, too_large, unsupported /* Content-Type */ };
    Kind kind;
    Literal message;
};

/// From the body of a POST, which is JSON, or from the query string of a GET.
[[nodiscard]] std::expected<GraphqlParameters, ParameterFault> read_graphql_parameters(
    const http::Request& request, std::size_t max_body_bytes);

}  // namespace latchkey::endpoints
