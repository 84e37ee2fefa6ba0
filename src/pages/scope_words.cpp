#include "pages/scope_words.hpp"

#include <algorithm>

namespace latchkey::pages {
namespace {

/// The operator's own in this language; the registry holds each to a text in the default one.
const ScopeText& own_text(const ScopeGroup& scope, std::string_view locale) {
    const auto in = [&scope](std::string_view wanted) {
        return std::ranges::find(scope.texts, wanted, &ScopeText::locale);
    };
    const auto found = in(locale);
    return found == scope.texts.end() ? *in(default_scope_locale) : *found;
}

}  // namespace

ScopeWords words_of(const ScopeGroup& scope, const rendering::Fields& places,
                    const rendering::Catalogue& texts) {
    if (!scope.texts.empty()) {
        const ScopeText& own = own_text(scope, texts.locale());
        return {own.label, own.about};
    }
    const auto filled = [&](std::string_view part) {
        return rendering::Template::fill(std::string(part) + std::string(scope.key), places, texts);
    };
    return {filled("consent.scope."), filled("consent.about.")};
}

}  // namespace latchkey::pages
