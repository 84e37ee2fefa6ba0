#pragma once

// The type User of both APIs: a person as one token may see them. The gates are those of the seed
// guide's table and stand here once, so that both surfaces answer alike.

#include <optional>
#include <string>

#include "base/result.hpp"
#include "graphql/call.hpp"
#include "graphql/resolvers.hpp"
#include "model/claims.hpp"
#include "model/records.hpp"
#include "realm/realm.hpp"

namespace latchkey::api {

struct UserView {
    std::string sub;
    ClaimSet claims;                 // that the token's scopes give
    std::optional<Profile> profile;  // absent when no field that was asked for may read it
};

/// Whose view, through which scopes.
struct UserAccess {
    const UserRecord& user;
    std::string sub;  // the public id for the app that asks
    ScopeSet scopes;
};

/// The view for a field that returns a User. The sealed profile is opened only if the client
/// selects a field that the scopes open. `parent` is the name of the field of type User when
/// `call` is the one above it, empty when `call` is that field itself.
[[nodiscard]] Result<UserView> make_user_view(const realm::Realm& realm, UserAccess access,
                                              const graphql::Call& call, std::string_view parent);

void add_user(graphql::Resolvers& resolvers);

}  // namespace latchkey::api
