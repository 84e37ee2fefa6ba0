#pragma once

// SDL and resolvers become a TypeSystem. See Schema::build for the errors.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "graphql/types/type_system.hpp"

namespace latchkey::graphql::types {

/// What is wrong with a schema, one line each.
using Problems = std::vector<std::string>;

/// The four steps, in order: later ones rely on earlier ones having found nothing.
[[nodiscard]] Result<std::unique_ptr<TypeSystem>> build(std::span<const std::string_view> sdl,
                                                        const Resolvers& resolvers);

/// Parses the texts, and the built-in definitions, into `system.documents`.
void parse_documents(TypeSystem& system, std::span<const std::string_view> sdl, Problems& problems);
/// Makes types, fields and directives out of the documents and resolves their references.
void define_types(TypeSystem& system, Problems& problems);
/// Applies the directives that stand in the SDL (spec 3.13) and checks that they may.
void apply_directives(TypeSystem& system, Problems& problems);
/// Coerces the default values of arguments and input fields.
void coerce_defaults(TypeSystem& system, Problems& problems);
/// The rules of spec section 3 ("Type Validation").
void check_types(const TypeSystem& system, Problems& problems);
/// Attaches the resolvers and checks them against the types in both directions.
void bind_resolvers(TypeSystem& system, const Resolvers& resolvers, Problems& problems);
/// The resolvers of the introspection types and meta-fields.
void add_introspection(TypeSystem& system, Resolvers& resolvers);

}  // namespace latchkey::graphql::types
