#pragma once

// An error of the request as a whole (spec 7.1.2): nothing was executed, the answer has no data.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace latchkey::graphql {

/// Line and column from 1, columns in UTF-16 units, as the reference implementation counts.
struct SourceLocation {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    bool operator==(const SourceLocation&) const = default;
};

/// What an operation may cost, and the most that it may, in points.
struct CostExcess {
    std::int64_t cost = 0;
    std::int64_t max_cost = 0;
};

struct RequestError {
    std::string message;
    std::vector<SourceLocation> locations;
    /// The validation rule ("KnownTypeNames") or limit ("max_depth") that refuses; for tests.
    std::string_view rule;
    /// extensions.code: GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED, LIMIT_EXCEEDED, …
    std::string_view code;
    /// extensions.cost and .maxCost of MAX_COST_EXCEEDED.
    std::optional<CostExcess> excess = std::nullopt;
};

using RequestErrors = std::vector<RequestError>;

/// Appends `,"locations":[…]`; nothing when there are none.
void append_locations(std::string& out, std::span<const SourceLocation> locations);

/// Appends `{"errors":[…]}`, a whole response.
void append_response(std::string& out, std::span<const RequestError> errors);

}  // namespace latchkey::graphql
