#pragma once

// A document made ready to run: fields collected and merged for each object type (spec 6.3.2),
// resolvers and constants looked up, response keys escaped. Immutable after compile.hpp made it.

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graphql/engine.hpp"
#include "graphql/types/literal_coercion.hpp"
#include "graphql/types/type_system.hpp"

namespace latchkey::graphql::execution {

/// Where an argument's value comes from (spec 6.4.1).
struct ArgumentPlan {
    enum class Source : std::uint8_t {
        absent,    // not given, no default
        constant,  // known when planned: a literal, or the default
        variable,  // a variable as a whole
        literal,   // a list or object with variables inside
    };
    const types::InputValue* definition = nullptr;
    Source source = Source::absent;
    const json::Value* constant = nullptr;  // the value, or what stands in for a missing one
    std::size_t variable = 0;               // index in PlanData::variables
    const language::Value* literal = nullptr;
    std::optional<language::Offset> at;  // of the value, where one is given
};

struct SelectionPlan;

/// One field of a response object: all its mentions merged.
struct FieldPlan {
    const types::Field* field = nullptr;
    std::string_view key;                   // as in error paths
    std::string key_json;                   // `"email":`
    std::vector<ArgumentPlan> arguments;    // in the order of the definition
    std::vector<const json::Value*> fixed;  // the values, where none depends on a variable
    bool is_fixed = true;
    std::vector<language::Offset> mentions;  // for error locations
    /// What is selected below, for each object type it can be. Empty for leaves.
    std::vector<std::unique_ptr<const SelectionPlan>> below;

    /// Null if the type is not a possible one.
    [[nodiscard]] const SelectionPlan* selection_for(const types::NamedType& type) const noexcept;
};

struct SelectionPlan {
    const types::NamedType* type = nullptr;
    std::string type_name_json;  // `"User"`
    std::vector<FieldPlan> fields;
};

struct VariablePlan {
    std::string_view name;
    const types::Type* type = nullptr;
    language::Offset at = 0;
    std::optional<json::Value> default_value;
};

/// What a Call looks at besides its FieldPlan.
struct Frame {
    const json::Value* const* arguments = nullptr;  // one for each of FieldPlan::arguments
};

}  // namespace latchkey::graphql::execution

namespace latchkey::graphql {

class Plan {
public:
    std::unique_ptr<const language::Document> document;
    const language::Operation* operation = nullptr;
    OperationKind kind = OperationKind::query;
    std::vector<execution::VariablePlan> variables;  // sorted by name
    std::deque<types::Type> variable_types;
    std::deque<json::Value> constants;

    /// Everything, as if no @skip or @include took anything away: for limits and cost, and what
    /// runs when there is no condition that depends on a variable.
    std::unique_ptr<const execution::SelectionPlan> everything;
    /// The variables that @skip and @include read. With them the plan is compiled once for each
    /// outcome, so that running never has to ask.
    std::vector<std::size_t> conditions;
    std::optional<std::int64_t> fixed_cost;  // absent when it depends on variables
    std::int64_t greatest_cost = 0;          // with what is known without variables

    static constexpr std::size_t max_variants = 16;
    mutable std::mutex variants_mutex;
    /// By the outcome of the conditions, '0' and '1'.
    mutable std::unordered_map<std::string, std::shared_ptr<const execution::SelectionPlan>>
        variants;
};

}  // namespace latchkey::graphql
