#pragma once

// The errors of one execution, as the JSON they will be in the response (spec 7.1.2).

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "graphql/execution/plan.hpp"

namespace latchkey::graphql::execution {

/// Where the executor is in the response: a chain on its stack.
struct Path {
    const Path* above = nullptr;
    std::string_view key;   // of an object's field, or
    std::size_t index = 0;  // of a list's item
    enum class Kind : std::uint8_t { key, index } kind = Kind::key;
};

class ErrorList {
public:
    ErrorList(std::string_view document, const Limits& limits)
        : locator_(document), limits_(limits) {}

    /// An error of a field, all of whose mentions it points at, or of one place in the document.
    /// Errors over the limit are counted but not written.
    void add(std::string_view message, std::string_view code, const FieldPlan& field,
             const Path& path) {
        add(message, code, std::span(field.mentions), path);
    }
    void add(std::string_view message, std::string_view code,
             std::span<const language::Offset> places, const Path& path);

    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    /// The errors between their brackets.
    [[nodiscard]] std::string_view json() const noexcept { return json_; }

private:
    language::Locator locator_;
    const Limits& limits_;
    std::size_t count_ = 0;
    std::string json_;
};

}  // namespace latchkey::graphql::execution
