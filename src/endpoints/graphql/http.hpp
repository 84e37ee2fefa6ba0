#pragma once

// GraphQL over HTTP (the GraphQL-over-HTTP draft, 2025) for one API, as an http::Handler.
//
// POST takes a JSON object {query, operationName, variables, extensions}; GET takes the same as
// query parameters and runs queries only. The answer is application/graphql-response+json when the
// client accepts it, else application/json, which is also what a client without Accept gets.
// Status: application/json is 200 whenever the request was well formed; graphql-response+json is
// 400 when nothing was executed. 401, 405, 406, 413 and 415 are the same for both.
// No batching, no forms, no cookies, no CORS headers.
// extensions.persistedQuery: a query may be named by its SHA-256 once it has been sent with it.
// `X-Latchkey-GraphQL-Cost: 1` asks for extensions.cost.
//
// The request's first parameter is the version; without one `latest` runs, an unknown one is 404.
// Every other answer carries the version that ran in X-Latchkey-API-Version.
//
// On the event loop: credentials that can be told from good ones without the store are refused, and
// the plan of the operation is looked up. In the Read of a query or the Write of a mutation, with
// its transaction in hand: the caller is authenticated, once, and the operation runs. Who has no
// right to call learns nothing else, and has nothing planned: an operation without a plan is a Read
// at first, and where it turns out to be a mutation its Write authenticates anew.

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "api/version.hpp"
#include "endpoints/graphql/operation.hpp"
#include "graphql/engine.hpp"
#include "http/message.hpp"

namespace latchkey::endpoints {

struct GraphqlHttpOptions {
    VersionedEngines engines;
    Challenges challenges;
    std::size_t max_body_bytes = 256UL * 1024;
};

/// The handler of one API, for both forms of its URL and all methods. `Api` says who calls:
///
///     using Credentials = …;  // what is authenticated; borrows from the request
///     Result<Credentials> read_credentials(const http::Request&) const;  // without the store
///     Result<Context> authenticate(const Credentials&, database::ReadTransaction&) const;
///     Result<Context> authenticate(const Credentials&, database::WriteGroup&) const;
///
/// `Context` is what the resolvers read with `call.context<Context>()`. An error is 401 whatever
/// its code, or 503 where it is not the caller's; public_text becomes the message.
template <class Api>
class GraphqlHandler {
public:
    GraphqlHandler(GraphqlHttpOptions options, Api api)
        : api_(std::move(api)),
          operations_(options.engines, options.max_body_bytes),
          challenges_(std::move(options.challenges)) {}

    [[nodiscard]] http::Reply operator()(const http::Request& request) const {
        const auto version = served_version(request);
        if (!version) return unknown_version();
        http::Reply reply = answer(request, *version);
        if (auto* response = std::get_if<http::Response>(&reply)) name_version(*response, *version);
        return reply;
    }

private:
    using Credentials = typename Api::Credentials;
    struct Asked {
        Credentials credentials;
        GraphqlOperation operation;
    };

    [[nodiscard]] http::Reply answer(const http::Request& request, api::Version version) const {
        if (!is_graphql_method(request)) return method_not_allowed();
        auto credentials = api_.read_credentials(request);
        if (!credentials) return refuse_caller(credentials.error(), challenges_);
        auto operation = operations_.read(request, version);
        if (!operation)
            return refusal(*std::move(credentials), std::move(operation.error()), version);
        if (!operation->plan) return plan(*std::move(credentials), *std::move(operation));
        switch (operation->kind()) {
            case graphql::OperationKind::mutation:
                return run<http::Write>(*std::move(credentials), *std::move(operation));
            case graphql::OperationKind::query:
            case graphql::OperationKind::subscription: break;
        }
        return run<http::Read>(*std::move(credentials), *std::move(operation));
    }

    /// Runs the operation with the transaction or the group that the server hands it.
    template <class Work>
    [[nodiscard]] Work run(Credentials credentials, GraphqlOperation operation) const {
        return Work([this, credentials = std::move(credentials),
                     operation = std::move(operation)](auto& store) {
            const auto made = [&]() -> http::Response {
                auto context = api_.authenticate(credentials, store);
                if (!context) return refuse_caller(context.error(), challenges_);
                return operations_.run(operation, *context);
            };
            http::Response response = made();
            name_version(response, operation.version);
            return response;
        });
    }

    /// The operation of a document that is not known yet: planned once its sender is.
    [[nodiscard]] http::Read plan(Credentials credentials, GraphqlOperation operation) const {
        // Taken out by the one run that a Read has, for the Write that may follow.
        auto asked = std::make_unique<Asked>(std::move(credentials), std::move(operation));
        return [this, asked = std::move(asked)](database::ReadTransaction& tx) -> http::ReadEnd {
            const auto version = asked->operation.version;
            const auto name = [version](http::Response response) {
                name_version(response, version);
                return response;
            };
            auto context = api_.authenticate(asked->credentials, tx);
            if (!context) return name(refuse_caller(context.error(), challenges_));
            if (auto refused = operations_.plan(asked->operation)) return name(*std::move(refused));
            if (asked->operation.kind() == graphql::OperationKind::mutation) {
                return run<http::Write>(std::move(asked->credentials), std::move(asked->operation));
            }
            return name(operations_.run(asked->operation, *context));
        };
    }

    /// What is wrong with a request is told to those who may call.
    [[nodiscard]] http::Read refusal(Credentials credentials, http::Response response,
                                     api::Version version) const {
        name_version(response, version);
        return [this, credentials = std::move(credentials), response = std::move(response),
                version](database::ReadTransaction& tx) -> http::ReadEnd {
            const auto context = api_.authenticate(credentials, tx);
            if (context) return response;
            http::Response refused = refuse_caller(context.error(), challenges_);
            name_version(refused, version);
            return refused;
        };
    }

    Api api_;
    GraphqlOperations operations_;
    Challenges challenges_;
};

/// A handler of it, as a route.
template <class Api>
[[nodiscard]] http::Handler make_graphql_handler(GraphqlHttpOptions options, Api api) {
    return
        [handler = std::make_shared<const GraphqlHandler<Api>>(std::move(options), std::move(api))](
            const http::Request& request) { return (*handler)(request); };
}

}  // namespace latchkey::endpoints
