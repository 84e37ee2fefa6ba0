#pragma once

// The parts of the Partners API, each beside its SDL file.

#include "graphql/resolvers.hpp"

namespace latchkey::api::partners {

void add_fetch_tokens(graphql::Resolvers& resolvers);
void add_metafield_definitions(graphql::Resolvers& resolvers);

}  // namespace latchkey::api::partners
