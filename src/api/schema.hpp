#pragma once

// Builds an API's engine from the SDL files beside the resolvers, embedded in the binary.

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "graphql/engine.hpp"

namespace latchkey::api {

/// What the composition root may decide about an engine.
struct EngineSettings {
    std::function<void(const graphql::FieldError&)> on_field_error;  // for the log
    graphql::Introspection introspection = graphql::Introspection::allowed;
    graphql::Suggestions suggestions = graphql::Suggestions::off;
};

/// `files` are names of SDL files of this folder. Errors: invalid_argument when the SDL and the
/// resolvers do not fit, which tests rule out.
[[nodiscard]] Result<std::unique_ptr<graphql::Engine>> make_engine(
    const std::vector<std::string_view>& files, graphql::Resolvers resolvers,
    EngineSettings settings);

}  // namespace latchkey::api
