#include "api/partners/api.hpp"

#include "api/custom_data.hpp"
#include "api/partners/context.hpp"
#include "api/partners/resolvers.hpp"
#include "api/user_profile.hpp"

namespace latchkey::api::partners {
namespace {

CustomDataView find_view(const graphql::Call& call) {
    const auto& request = call.context<RequestContext>();
    return {request.store, request.client->id};
}

}  // namespace

Result<std::unique_ptr<graphql::Engine>> make_engine(Version version, EngineSettings settings) {
    graphql::Resolvers resolvers;
    add_user(resolvers);
    add_custom_data(resolvers, find_view);
    add_fetch_tokens(resolvers);
    add_custom_data_token(resolvers);
    add_metafield_definitions(resolvers);
    add_metafield_access(resolvers);
    add_metafield_namespaces(resolvers);
    std::vector<std::string_view> files = {
        "partners.graphql",          "fetch_tokens.graphql",
        "custom_data_token.graphql", "metafield_definitions.graphql",
        "metafield_access.graphql",  "metafield_namespaces.graphql",
        "custom_data.graphql",       "user.graphql"};
    switch (version) {
        case Version::latest: break;
        case Version::unstable:
            add_token_life(resolvers);
            files.emplace_back("token_life.graphql");
            break;
    }
    return api::make_engine(files, std::move(resolvers), std::move(settings));
}

}  // namespace latchkey::api::partners
