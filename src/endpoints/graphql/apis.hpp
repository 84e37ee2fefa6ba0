#pragma once

// The two public GraphQL endpoints: who may call them.
//
//     /api/partners/graphql.json  /api/{version}/partners/graphql.json   HTTP Basic, an app
//     /api/users/graphql.json     /api/{version}/users/graphql.json      Bearer, a person's token

#include "base/ports.hpp"
#include "endpoints/graphql/operation.hpp"
#include "http/message.hpp"
#include "realm/realm.hpp"

namespace latchkey::clients {
class SecretUses;
}
namespace latchkey::people {
class AppReads;
}

namespace latchkey::endpoints {

/// What the Partners API is made with. `secret_uses` is told which secret an app used.
struct PartnersApiOptions {
    const realm::Realm& realm;
    Ports ports;
    clients::SecretUses& secret_uses;
    VersionedEngines engines;
};
[[nodiscard]] http::Handler partners_graphql(const PartnersApiOptions& options);

/// What the Users API is made with. `reads` is told whose data an app asks for.
struct UsersApiOptions {
    const realm::Realm& realm;
    Ports ports;
    people::AppReads& reads;
    VersionedEngines engines;
};
[[nodiscard]] http::Handler users_graphql(const UsersApiOptions& options);

}  // namespace latchkey::endpoints
