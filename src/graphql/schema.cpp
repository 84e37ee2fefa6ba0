#include "graphql/schema.hpp"

#include "graphql/types/build.hpp"

namespace latchkey::graphql {

Schema::Schema(std::unique_ptr<types::TypeSystem> types) : types_(std::move(types)) {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

Result<Schema> Schema::build(std::span<const std::string_view> sdl, Resolvers resolvers) {
    auto types = TRY(types::build(sdl, resolvers));
    return Schema(std::move(types));
}

}  // namespace latchkey::graphql
