#pragma once

// Relay pagination (GraphQL Cursor Connections Specification): arguments in, PageInfo out.
// A cursor names a definition id: opaque to clients, checked against mistakes, holding no secret.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "graphql/call.hpp"
#include "graphql/resolvers.hpp"
#include "metafields/page.hpp"

namespace latchkey::api {

[[nodiscard]] std::string encode_cursor(DefinitionId id);
/// Absent when the text is not a cursor of ours.
[[nodiscard]] std::optional<DefinitionId> decode_cursor(std::string_view text);

/// The page that `first`, `last`, `after` and `before` of the field ask for.
/// Errors: invalid_argument (`first` with `last`, a negative number, over 250, no cursor of ours).
[[nodiscard]] Result<store::Page> read_page(const graphql::Call& call);

/// Behind the type PageInfo.
struct PageInfo {
    std::optional<std::string> start_cursor;
    std::optional<std::string> end_cursor;
    bool has_next_page = false;
    bool has_previous_page = false;
};
void add_page_info(graphql::Resolvers& resolvers);

/// Behind a connection type and its edges.
template <class Node>
struct Connection {
    std::vector<Node> nodes;
    PageInfo page_info;
};
template <class Node>
struct Edge {
    const Node& node;
};

template <class Node>
[[nodiscard]] Connection<Node> make_connection(metafields::Slice<Node> slice) {
    PageInfo info{.start_cursor = {},
                  .end_cursor = {},
                  .has_next_page = slice.has_next_page,
                  .has_previous_page = slice.has_previous_page};
    if (!slice.nodes.empty()) {
        info.start_cursor = encode_cursor(metafields::id_of(slice.nodes.front()));
        info.end_cursor = encode_cursor(metafields::id_of(slice.nodes.back()));
    }
    return {std::move(slice.nodes), std::move(info)};
}

/// The names of a connection's types in the SDL.
struct ConnectionTypes {
    std::string_view connection;
    std::string_view edge;
};

template <class Node>
void add_connection(graphql::Resolvers& resolvers, const ConnectionTypes& types) {
    using graphql::Value;
    resolvers.object<Connection<Node>>(types.connection)
        .field("edges",
               [](const Connection<Node>& connection) {
                   return Value::list_of(connection.nodes, [](const Node& node) {
                       return Value::make_object(Edge<Node>{node});
                   });
               })
        .field("nodes",
               [](const Connection<Node>& connection) { return Value::objects(connection.nodes); })
        .field("pageInfo", [](const Connection<Node>& connection) {
            return Value::object(connection.page_info);
        });
    resolvers.object<Edge<Node>>(types.edge)
        .field("cursor",
               [](const Edge<Node>& edge) {
                   return Value::owned(encode_cursor(metafields::id_of(edge.node)));
               })
        .field("node", [](const Edge<Node>& edge) { return Value::object(edge.node); });
}

}  // namespace latchkey::api
