#include "graphql/call.hpp"

#include <algorithm>

#include "graphql/execution/plan.hpp"

namespace latchkey::graphql {
namespace {

bool any_below(const execution::FieldPlan& field, std::string_view name, const auto& test) {
    return std::ranges::any_of(field.below, [&](const auto& selection) {
        return std::ranges::any_of(selection->fields, [&](const execution::FieldPlan& each) {
            return each.field->name == name && test(each);
        });
    });
}

}  // namespace

Input Call::argument(std::string_view name) const {
    for (std::size_t i = 0; i < field_.arguments.size(); ++i) {
        if (field_.arguments[i].definition->name == name) return Input(frame_.arguments[i]);
    }
    assert(!"the field has no such argument");
    return {};
}

bool Call::selects(std::string_view field) const {
    return any_below(field_, field, [](const auto&) { return true; });
}

bool Call::selects(std::string_view field, std::string_view below) const {
    return any_below(field_, field, [&](const execution::FieldPlan& each) {
        return any_below(each, below, [](const auto&) { return true; });
    });
}

std::string_view Call::coordinate() const { return field_.field->coordinate; }

}  // namespace latchkey::graphql
