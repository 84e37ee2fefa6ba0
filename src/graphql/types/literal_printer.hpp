#pragma once

// A literal back as GraphQL text: `defaultValue` of introspection (spec 4.2.6).

#include <string>

#include "graphql/language/ast.hpp"

namespace latchkey::graphql::types {

void append_literal(std::string& out, const language::Value& literal);

}  // namespace latchkey::graphql::types
