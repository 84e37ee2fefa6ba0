#pragma once

// A schema that can run: the type system that the SDL describes and the resolvers behind it.

#include <memory>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "graphql/resolvers.hpp"

namespace latchkey::graphql {

namespace types {
class TypeSystem;
}

class Schema {
public:
    /// Builds from one or more SDL texts (they are one document: types may refer across, `extend`
    /// works) and the resolvers. Introspection is added.
    ///
    /// Errors: invalid_argument, with one line of `detail` for each thing that is wrong: SDL that
    /// does not parse or breaks a rule of spec section 3; a resolver for a type or field that is
    /// not there; an object field without a resolver; an interface or union whose objects cannot be
    /// told apart; a custom scalar without functions, or functions without a scalar.
    [[nodiscard]] static Result<Schema> build(std::span<const std::string_view> sdl,
                                              Resolvers resolvers);

    Schema(Schema&&) noexcept;
    Schema& operator=(Schema&&) noexcept;
    ~Schema();

    [[nodiscard]] const types::TypeSystem& types() const noexcept { return *types_; }

private:
    explicit Schema(std::unique_ptr<types::TypeSystem> types);
    std::unique_ptr<types::TypeSystem> types_;
};

}  // namespace latchkey::graphql
