#pragma once

// GraphQL over HTTP (the GraphQL-over-HTTP draft, 2025) for one engine, as an http::Handler.
//
// POST takes a JSON object {query, operationName, variables, extensions}; GET takes the same as
// query parameters and runs queries only. The answer is application/graphql-response+json when the
// client accepts it, else application/json, which is also what a client without Accept gets.
// Status: application/json is 200 whenever the request was well formed; graphql-response+json is
// 400 when nothing was executed. 401, 405, 406, 413 and 415 are the same for both.
// No batching, no forms, no cookies, no CORS headers. A mutation runs as http::Write.
// extensions.persistedQuery: a query may be named by its SHA-256 once it has been sent with it.
// `X-Latchkey-GraphQL-Cost: 1` asks for extensions.cost.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "base/result.hpp"
#include "graphql/engine.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

/// The authenticated caller: whatever the resolvers read with `call.context<Context>()`.
/// It lives until the response is written.
class GraphqlCaller {
public:
    template <class Context>
    explicit GraphqlCaller(std::shared_ptr<Context> context)
        : execute_([context = std::move(context)](
                       const graphql::Engine& engine, const graphql::Plan& plan,
                       const json::Value& variables, std::string& out, graphql::CostReport cost) {
              return engine.execute(plan, variables, *context, out, cost);
          }) {}

    graphql::Outcome execute(const graphql::Engine& engine, const graphql::Plan& plan,
                             const json::Value& variables, std::string& out,
                             graphql::CostReport cost) const {
        return execute_(engine, plan, variables, out, cost);
    }

private:
    std::function<graphql::Outcome(const graphql::Engine&, const graphql::Plan&, const json::Value&,
                                   std::string&, graphql::CostReport)>
        execute_;
};

/// Runs before anything else; for a mutation also on the write lane, and there only when the same
/// credentials were good lately. Its failure is 401 whatever its code, except unavailable and the
/// storage codes, which are 503; public_text becomes the message.
using GraphqlAuthenticate = std::function<Result<GraphqlCaller>(const http::Request&)>;

struct GraphqlHttpOptions {
    const graphql::Engine& engine;
    GraphqlAuthenticate authenticate;
    std::string www_authenticate;  // of a 401: `Basic realm="…", charset="UTF-8"` or `Bearer …`
    Random& random;
    /// Added to every answer. Names are literals.
    std::vector<std::pair<std::string_view, std::string>> headers;
    std::size_t max_body_bytes = 256UL * 1024;
};

/// The handler for GET and POST (and the 405 for the rest) of one GraphQL URL. The engine must
/// outlive it.
[[nodiscard]] http::Handler make_graphql_handler(GraphqlHttpOptions options);

}  // namespace latchkey::endpoints
