#pragma once

// The Partners API (contract section 2): its engines, one for each version.

#include <memory>

#include "api/schema.hpp"
#include "api/version.hpp"

namespace latchkey::api::partners {

/// An engine whose resolvers read a partners::RequestContext.
[[nodiscard]] Result<std::unique_ptr<graphql::Engine>> make_engine(Version version,
                                                                   EngineSettings settings);

}  // namespace latchkey::api::partners
