#include "api/partners/api.hpp"

#include "api/custom_data.hpp"
#include "api/partners/resolvers.hpp"
#include "api/user_profile.hpp"

namespace latchkey::api::partners {

Result<std::unique_ptr<graphql::Engine>> make_engine(Version version, EngineSettings settings) {
    graphql::Resolvers resolvers;
    add_user(resolvers);
    add_custom_data(resolvers);
    add_fetch_tokens(resolvers);
    add_metafield_definitions(resolvers);
    switch (version) {
        case Version::latest:
        case Version::unstable: break;
    }
    return api::make_engine(
        {"partners.graphql", "fetch_tokens.graphql", "metafield_definitions.graphql",
         "custom_data.graphql", "user.graphql"},
        std::move(resolvers), std::move(settings));
}

}  // namespace latchkey::api::partners
