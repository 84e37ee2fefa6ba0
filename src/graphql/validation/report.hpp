#pragma once

// Where rules put what they find.

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "graphql/language/source.hpp"
#include "graphql/limits.hpp"
#include "graphql/request_error.hpp"
#include "graphql/validation/suggestions.hpp"

namespace latchkey::graphql::validation {

/// Keeps at most Limits::max_errors; rules stop looking when it is full (CVE-2022-37734 and its
/// kin).
class Report {
public:
    Report(std::string_view document, const Limits& limits, Suggestions suggestions)
        : locator_(document), limits_(limits), suggestions_(suggestions) {}

    void set_rule(std::string_view rule) noexcept { rule_ = rule; }
    [[nodiscard]] bool is_full() const noexcept { return errors_.size() >= limits_.max_errors; }

    [[nodiscard]] const Limits& limits() const noexcept { return limits_; }
    [[nodiscard]] Suggestions suggestions() const noexcept { return suggestions_; }
    /// Empty where suggestions are off.
    [[nodiscard]] std::string did_you_mean(std::string_view typed,
                                           std::span<const std::string_view> candidates) const {
        if (suggestions_ == Suggestions::off || is_full()) return {};
        return validation::did_you_mean(typed, candidates);
    }

    void add(std::string message, std::span<const language::Offset> at) {
        if (is_full()) return;
        RequestError& error = errors_.emplace_back();
        error.message = std::move(message);
        error.rule = rule_;
        error.code = "GRAPHQL_VALIDATION_FAILED";
        for (const language::Offset offset : at.first(std::min(at.size(), limits_.max_locations))) {
            error.locations.push_back(locator_.locate(offset));
        }
    }
    void add(std::string message, std::initializer_list<language::Offset> at) {
        add(std::move(message), std::span(at.begin(), at.size()));
    }

    /// The rule gave up: `limit` bounds its work, and `message` names it.
    void exceed(std::string_view limit, std::string message) {
        if (is_full()) return;
        RequestError& error = errors_.emplace_back();
        error.message = std::move(message);
        error.rule = limit;
        error.code = "LIMIT_EXCEEDED";
    }

    [[nodiscard]] RequestErrors take() && { return std::move(errors_); }

private:
    language::Locator locator_;
    const Limits& limits_;
    Suggestions suggestions_;
    std::string_view rule_;
    RequestErrors errors_;
};

/// `"name"`, cut short where it is very long: messages stay small.
[[nodiscard]] inline std::string in_quotes(std::string_view name) {
    constexpr std::size_t longest_shown = 100;
    std::string made = "\"";
    made += name.substr(0, longest_shown);
    if (name.size() > longest_shown) made += "…";
    made.push_back('"');
    return made;
}

}  // namespace latchkey::graphql::validation
