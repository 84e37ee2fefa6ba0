#pragma once

// What a GraphQL-over-HTTP request asks to run (draft, section 4), from either form.

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.hpp"
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

/// From the body of a POST, which is JSON, or from the query string of a GET.
/// Errors: malformed (400), too_large (413), unsupported (415: another Content-Type).
[[nodiscard]] Result<GraphqlParameters> read_graphql_parameters(const http::Request& request,
                                                                std::size_t max_body_bytes);

}  // namespace latchkey::endpoints
