#pragma once

// A scope in the words that people read: of the catalogue, or the operator's own.

#include <string>

#include "model/scope_registry.hpp"
#include "rendering/catalogue.hpp"
#include "rendering/template.hpp"

namespace latchkey::pages {

struct ScopeWords {
    std::string label;  // "Your phone number"
    std::string about;  // a sentence more; empty where an operator has none
};

/// In the language of `texts`; an operator's words that are not there in it come in the default
/// one. `places`: what {app} and its like stand for in the catalogue's.
[[nodiscard]] ScopeWords words_of(const ScopeGroup& scope, const rendering::Fields& places,
                                  const rendering::Catalogue& texts);

}  // namespace latchkey::pages
