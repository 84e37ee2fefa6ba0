#include "api/users/api.hpp"

#include "api/custom_data.hpp"
#include "api/user_profile.hpp"
#include "api/users/context.hpp"
#include "api/users/resolvers.hpp"

namespace latchkey::api::users {
namespace {

CustomDataView find_view(const graphql::Call& call) {
    const auto& request = call.context<RequestContext>();
    return {request.store, request.access.token.client_id};
}

}  // namespace

Result<std::unique_ptr<graphql::Engine>> make_engine(Version version, EngineSettings settings) {
    graphql::Resolvers resolvers;
    add_user(resolvers);
    add_custom_data(resolvers, find_view);
    add_current_user(resolvers);
    add_metafields(resolvers);
    std::vector<std::string_view> files = {"users.graphql", "metafields.graphql",
                                           "custom_data.graphql", "user.graphql"};
    switch (version) {
        case Version::latest: break;
        case Version::unstable:
            add_unstable_metafields(resolvers);
            files.emplace_back("unstable_metafields.graphql");
            break;
    }
    return api::make_engine(files, std::move(resolvers), std::move(settings));
}

}  // namespace latchkey::api::users
