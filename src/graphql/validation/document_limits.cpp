#include "graphql/validation/document_limits.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace latchkey::graphql::validation {
namespace {

constexpr std::size_t ceiling = 1'000'000'000;

/// A selection set with its fragments expanded.
struct Size {
    std::size_t fields = 0;
    std::size_t depth = 0;
};

class Measurer {
public:
    explicit Measurer(const language::Document& document) {
        for (const auto& fragment : document.fragments) {
            fragments_[fragment.name.text].node = &fragment;
        }
    }

    Size measure(const language::SelectionSet& set) {
        Size size;
        for (const auto& selection : set.items) {
            Size below;
            if (selection.kind == language::SelectionKind::spread) {
                below = fragment(selection.name.text);
            } else if (selection.selections != nullptr) {
                below = measure(*selection.selections);
            }
            if (selection.kind == language::SelectionKind::field) {
                ++below.fields;
                ++below.depth;
            }
            size.fields = std::min(size.fields + below.fields, ceiling);
            size.depth = std::max(size.depth, below.depth);
        }
        return size;
    }

    Size fragment(std::string_view name) {
        const auto found = fragments_.find(name);
        if (found == fragments_.end()) return {};
        Entry& entry = found->second;
        if (!entry.is_measured) {
            entry.is_measured = true;  // from here on a cycle ends
            entry.size = measure(*entry.node->selections);
        }
        return entry.size;
    }

private:
    struct Entry {
        const language::Fragment* node = nullptr;
        bool is_measured = false;
        Size size;
    };
    std::unordered_map<std::string_view, Entry> fragments_;
};

RequestError over(std::string_view limit, std::size_t most, std::string_view what) {
    std::string message = "The document has more than " + std::to_string(most) + " ";
    message.append(what).append(" (limit ").append(limit).append(").");
    return {
        .message = std::move(message), .locations = {}, .rule = limit, .code = "LIMIT_EXCEEDED"};
}

}  // namespace

std::optional<RequestError> check_limits(const language::Document& document, const Limits& limits) {
    if (document.alias_count > limits.max_aliases) {
        return over("max_aliases", limits.max_aliases, "aliases");
    }
    if (document.directive_count > limits.max_directives) {
        return over("max_directives", limits.max_directives, "directives");
    }
    if (document.fragments.size() > limits.max_fragments) {
        return over("max_fragments", limits.max_fragments, "fragment definitions");
    }
    Measurer measurer(document);
    Size largest;
    const auto take = [&](Size size) {
        largest.fields = std::max(largest.fields, size.fields);
        largest.depth = std::max(largest.depth, size.depth);
    };
    for (const auto& operation : document.operations) take(measurer.measure(*operation.selections));
    for (const auto& fragment : document.fragments) take(measurer.fragment(fragment.name.text));
    if (largest.fields > limits.max_fields) {
        return over("max_fields", limits.max_fields, "fields, its fragments expanded");
    }
    if (largest.depth > limits.max_depth) {
        return over("max_depth", limits.max_depth, "levels of fields, its fragments expanded");
    }
    return std::nullopt;
}

}  // namespace latchkey::graphql::validation
