#include "api/users/api.hpp"

#include "api/custom_data.hpp"
#include "api/user_profile.hpp"
#include "api/users/resolvers.hpp"

namespace latchkey::api::users {

Result<std::unique_ptr<graphql::Engine>> make_engine(Version version, EngineSettings settings) {
    graphql::Resolvers resolvers;
    add_user(resolvers);
    add_custom_data(resolvers);
    add_current_user(resolvers);
    add_metafields(resolvers);
    switch (version) {
        case Version::latest:
        case Version::unstable: break;
    }
    return api::make_engine(
        {"users.graphql", "metafields.graphql", "custom_data.graphql", "user.graphql"},
        std::move(resolvers), std::move(settings));
}

}  // namespace latchkey::api::users
