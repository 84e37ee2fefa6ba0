#pragma once

// What every schema has without saying so: scalars (spec 3.5), directives (3.13) and the
// introspection types (4.2).

#include <string_view>

namespace latchkey::graphql::types {

/// SDL of the built-in definitions.
extern const std::string_view built_in_sdl;

}  // namespace latchkey::graphql::types
