#pragma once

// The parts of the Partners API, each beside its SDL file.

#include "graphql/resolvers.hpp"

namespace latchkey::api::partners {

void add_fetch_tokens(graphql::Resolvers& resolvers);
void add_custom_data_token(graphql::Resolvers& resolvers);
void add_metafield_access(graphql::Resolvers& resolvers);
void add_metafield_definitions(graphql::Resolvers& resolvers);
void add_metafield_namespaces(graphql::Resolvers& resolvers);

// In `unstable` only.

void add_token_life(graphql::Resolvers& resolvers);

}  // namespace latchkey::api::partners
