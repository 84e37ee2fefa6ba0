#include "api/schema.hpp"

#include <algorithm>

#include "api/errors.hpp"
#include "embedded/api_sdl.hpp"

namespace latchkey::api {

Result<std::unique_ptr<graphql::Engine>> make_engine(const std::vector<std::string_view>& files,
                                                     graphql::Resolvers resolvers,
                                                     EngineSettings settings) {
    std::vector<std::string_view> sdl;
    for (const std::string_view name : files) {
        const auto embedded = embedded::api_sdl();
        const auto file = std::ranges::find(embedded, name, &embedded::File::name);
        if (file == embedded.end()) {
            return fail(ErrorCode::internal, "A schema file is missing.", std::string(name));
        }
        sdl.push_back(file->contents);
    }
    graphql::Schema schema = TRY(graphql::Schema::build(sdl, std::move(resolvers)));
    graphql::EngineOptions options;
    options.error_code = graphql_error_code;
    options.on_field_error = std::move(settings.on_field_error);
    options.introspection = settings.introspection;
    options.suggestions = settings.suggestions;
    return std::make_unique<graphql::Engine>(std::move(schema), std::move(options));
}

}  // namespace latchkey::api
