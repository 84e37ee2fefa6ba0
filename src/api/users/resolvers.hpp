#pragma once

// The parts of the Users API, each beside its SDL file.

#include "graphql/resolvers.hpp"

namespace latchkey::api::users {

void add_current_user(graphql::Resolvers& resolvers);
void add_metafields(graphql::Resolvers& resolvers);
/// After add_metafields: adds to its types.
void add_unstable_metafields(graphql::Resolvers& resolvers);

}  // namespace latchkey::api::users
