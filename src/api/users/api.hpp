#pragma once

// The Users API (contract section 3): its engines, one for each version.

#include <memory>

#include "api/schema.hpp"
#include "api/version.hpp"

namespace latchkey::api::users {

/// An engine whose resolvers read a users::RequestContext.
[[nodiscard]] Result<std::unique_ptr<graphql::Engine>> make_engine(Version version,
                                                                   EngineSettings settings);

}  // namespace latchkey::api::users
