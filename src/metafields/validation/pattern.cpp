#include "metafields/validation/pattern.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <list>

#include "metafields/limits.hpp"

namespace latchkey::metafields {
namespace {

RE2::Options make_options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(max_regex_memory);
    return options;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

const RE2& compiled(std::string_view pattern) {
    constexpr std::size_t kept_patterns = 16;
    thread_local std::list<RE2> kept;  // the one used last comes first
    const auto found = std::ranges::find_if(
        kept, [pattern](const RE2& regex) { return regex.pattern() == pattern; });
    if (found != kept.end()) {
        kept.splice(kept.begin(), kept, found);
    } else {
        kept.emplace_front(piece(pattern), make_options());
        if (kept.size() > kept_patterns) kept.pop_back();
    }
    return kept.front();
}

}  // namespace

std::optional<std::string> find_pattern_fault(std::string_view pattern) {
    if (pattern.empty() || pattern.size() > max_regex_bytes) {
        return fmt::format("The rule's value must be a regular expression of 1 to {} bytes.",
                           max_regex_bytes);
    }
    const RE2& regex = compiled(pattern);
    if (regex.ok()) return std::nullopt;
    return fmt::format("The rule's value must be a regular expression in RE2 syntax: {}.",
                       regex.error());
}

bool matches_pattern(std::string_view pattern, std::string_view text) {
    const RE2& regex = compiled(pattern);
    return regex.ok() && RE2::PartialMatch(piece(text), regex);
}

}  // namespace latchkey::metafields
