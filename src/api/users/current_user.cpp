#include <utility>

#include "api/user_profile.hpp"
#include "api/users/context.hpp"
#include "api/users/resolvers.hpp"
#include "realm/public_ids.hpp"

namespace latchkey::api::users {
namespace {

using graphql::Call;
using graphql::Value;

Result<Value> resolve_user(Call& call) {
    const auto& request = call.context<RequestContext>();
    const metafields::Owner owner = TRY(get_owner(request));
    const UserRecord& user = request.access.connected->user;
    UserAccess access{.user = user,
                      .sub = request.realm.public_ids.public_id(owner.client_id, user.id),
                      .scopes = request.access.scopes};
    UserView view = TRY(make_user_view(request.realm, std::move(access), call, {}));
    return Value::make_object(std::move(view));
}

}  // namespace

void add_current_user(graphql::Resolvers& resolvers) {
    resolvers.root("Query").field("user", resolve_user);
}

}  // namespace latchkey::api::users
