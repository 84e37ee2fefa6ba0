#include "api/user_profile.hpp"
#include "api/users/context.hpp"
#include "api/users/resolvers.hpp"

namespace latchkey::api::users {
namespace {

using graphql::Call;
using graphql::Value;

Result<Value> resolve_user(Call& call) {
    const auto& request = call.context<RequestContext>();
    const metafields::Owner owner = TRY(get_owner(request));
    const UserAccess access{.user = request.access.connected->user,
                            .client_id = owner.client_id,
                            .scopes = request.access.scopes};
    UserView view = TRY(make_user_view(request.services, access, call, {}));
    return Value::make_object(std::move(view));
}

}  // namespace

void add_current_user(graphql::Resolvers& resolvers) {
    resolvers.root("Query").field("user", resolve_user);
}

}  // namespace latchkey::api::users
