#pragma once

// The two media types of a GraphQL answer and what they mean for its status
// (GraphQL-over-HTTP draft, 5.2 and 6).

#include <cstdint>
#include <optional>
#include <string>

#include "http/message.hpp"

namespace latchkey::endpoints {

enum class GraphqlMediaType : std::uint8_t { json, graphql_response };

/// Whether the operation ran: with `refused` there is no data.
enum class GraphqlOutcome : std::uint8_t { executed, refused };

/// What the client prefers among the two, by its Accept header; json without one, and where it
/// likes both the same unless it names graphql-response. Absent: it accepts neither.
[[nodiscard]] std::optional<GraphqlMediaType> graphql_media_type(const http::Request& request);

/// 200; or 400 for a refused operation told as graphql-response (draft 6.4.2).
[[nodiscard]] http::Response graphql_response(GraphqlMediaType media_type, GraphqlOutcome outcome,
                                              std::string body);

}  // namespace latchkey::endpoints
