#pragma once

// The two public GraphQL endpoints: who may call them, and which version runs.
//
//     /api/partners/graphql.json  /api/{version}/partners/graphql.json   HTTP Basic, an app
//     /api/users/graphql.json     /api/{version}/users/graphql.json      Bearer, a person's token
//
// Without a version `latest` runs; an unknown one is 404 with an error that names the known ones.
// Every answer carries the version that ran in X-Latchkey-API-Version.

#include "api/version.hpp"
#include "graphql/engine.hpp"
#include "http/message.hpp"
#include "realm/services.hpp"

namespace latchkey::people {
class AppReads;
}

namespace latchkey::endpoints {

/// The engines of one API, by version.
struct VersionedEngines {
    const graphql::Engine& latest;
    const graphql::Engine& unstable;
};

/// Handlers for both URL forms: the version is the request's first parameter where there is one.
[[nodiscard]] http::Handler partners_graphql(const realm::Services& services,
                                             VersionedEngines engines);
/// `reads` is told whose data an app asks for.
[[nodiscard]] http::Handler users_graphql(const realm::Services& services, VersionedEngines engines,
                                          people::AppReads& reads);

}  // namespace latchkey::endpoints
