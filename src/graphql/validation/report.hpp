#pragma once

// Where rules put what they find.

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "graphql/language/source.hpp"
#include "graphql/request_error.hpp"

namespace latchkey::graphql::validation {

/// Keeps at most `max_errors`; rules stop looking when it is full (CVE-2022-37734 and its kin).
class Report {
public:
    Report(std::string_view document, std::size_t max_errors)
        : document_(document), max_errors_(max_errors) {}

    void set_rule(std::string_view rule) noexcept { rule_ = rule; }
    [[nodiscard]] bool is_full() const noexcept { return errors_.size() >= max_errors_; }

    void add(std::string message, std::span<const language::Offset> at) {
        if (is_full()) return;
        RequestError& error = errors_.emplace_back();
        error.message = std::move(message);
        error.rule = rule_;
        error.code = "GRAPHQL_VALIDATION_FAILED";
        for (const language::Offset offset : at) {
            error.locations.push_back(language::locate(document_, offset));
        }
    }
    void add(std::string message, std::initializer_list<language::Offset> at) {
        add(std::move(message), std::span(at.begin(), at.size()));
    }

    [[nodiscard]] RequestErrors take() && { return std::move(errors_); }

private:
    std::string_view document_;
    std::size_t max_errors_;
    std::string_view rule_;
    RequestErrors errors_;
};

/// `"name"`, cut short where it is very long: messages stay small.
[[nodiscard]] inline std::string quoted(std::string_view name) {
    constexpr std::size_t longest_shown = 100;
    std::string made = "\"";
    made += name.substr(0, longest_shown);
    if (name.size() > longest_shown) made += "…";
    made.push_back('"');
    return made;
}

}  // namespace latchkey::graphql::validation
