#include "graphql/execution/variables.hpp"

#include <algorithm>

#include "graphql/types/leaf_coercion.hpp"

namespace latchkey::graphql::execution {
namespace {

using types::Type;

/// Input coercion of one JSON value (spec 3.5 to 3.12), collecting what is wrong.
class Coercer {
public:
    Coercer(const Plan& plan, std::size_t max_errors) : plan_(plan), max_errors_(max_errors) {}

    RequestErrors errors;

    /// What it returns counts only while there are no errors.
    json::Value variable(const VariablePlan& variable, const json::Value& value) {
        variable_ = &variable;
        path_.clear();
        return coerce(*variable.type, value);
    }

    void complain(const VariablePlan& variable, const std::string& why) {
        if (errors.size() >= max_errors_) return;
        errors.push_back({.message = why,
                          .locations = {language::locate(plan_.document->text, variable.at)},
                          .rule = "Variables",
                          .code = "BAD_USER_INPUT"});
    }

private:
    json::Value coerce(const Type& type, const json::Value& value) {
        if (type.is_non_null()) {
            if (!value.is_null()) return coerce(*type.inner, value);
            return refuse("Expected non-nullable type \"" + types::to_string(type) +
                          "\" not to be null.");
        }
        if (value.is_null()) return {};
        if (type.is_list()) return list(type, value);
        if (type.named->kind == types::TypeKind::input) return object(*type.named, value);
        auto leaf = types::coerce_leaf(*type.named, value);
        if (!leaf) return refuse(leaf.error());
        return *std::move(leaf);
    }

    json::Value list(const Type& type, const json::Value& value) {
        json::Array items;
        if (value.array() == nullptr) {
            // Spec 3.11: one value stands for a list of one.
            items.push_back(coerce(*type.inner, value));
            return json::Value(json::Value::Data(std::move(items)));
        }
        items.reserve(value.array()->size());
        for (std::size_t i = 0; i < value.array()->size(); ++i) {
            if (errors.size() >= max_errors_) break;
            const Step step(path_, "[" + std::to_string(i) + "]");
            items.push_back(coerce(*type.inner, (*value.array())[i]));
        }
        return json::Value(json::Value::Data(std::move(items)));
    }

    json::Value object(const types::NamedType& type, const json::Value& value) {
        if (value.object() == nullptr) {
            return refuse("Expected type \"" + std::string(type.name) + "\" to be an object.");
        }
        json::Object members;
        for (const types::InputValue& field : type.input_fields) {
            const json::Value* given = value.find(field.name);
            if (given == nullptr) {
                if (field.default_value) {
                    members.emplace_back(field.name, *field.default_value);
                } else if (field.type->is_non_null()) {
                    refuse("Field \"" + std::string(field.name) + "\" of required type \"" +
                           types::to_string(*field.type) + "\" was not provided.");
                }
                continue;
            }
            const Step step(path_, "." + std::string(field.name));
            members.emplace_back(field.name, coerce(*field.type, *given));
        }
        check_names(type, *value.object());
        if (type.is_one_of) check_one_of(type, *value.object());
        return json::Value(json::Value::Data(std::move(members)));
    }

    void check_names(const types::NamedType& type, const json::Object& given) {
        for (const auto& [name, value] : given) {
            if (type.input_field(name) != nullptr) continue;
            refuse("There is a field that is not defined by type \"" + std::string(type.name) +
                   "\".");
        }
    }

    // Spec 3.10.1.
    void check_one_of(const types::NamedType& type, const json::Object& given) {
        if (given.size() != 1) {
            refuse("Exactly one key must be specified for OneOf type \"" + std::string(type.name) +
                   "\".");
        } else if (given.front().second.is_null()) {
            refuse("The field of OneOf type \"" + std::string(type.name) + "\" must not be null.");
        }
    }

    json::Value refuse(const std::string& why) {
        std::string message =
            "Variable \"$" + std::string(variable_->name) + "\" got an invalid value";
        if (!path_.empty()) {
            message += " at \"" + std::string(variable_->name) + path_ + "\"";
        }
        complain(*variable_, message + "; " + why);
        return {};
    }

    /// One step down the value, for messages.
    class Step {
    public:
        Step(std::string& path, const std::string& step) : path_(path), length_(path.size()) {
            path_ += step;
        }
        ~Step() { path_.resize(length_); }
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;

    private:
        std::string& path_;
        std::size_t length_;
    };

    const Plan& plan_;
    std::size_t max_errors_;
    const VariablePlan* variable_ = nullptr;
    std::string path_;
};

}  // namespace

std::expected<types::VariableValues, RequestErrors> coerce_variables(const Plan& plan,
                                                                     const json::Value& given,
                                                                     std::size_t max_errors) {
    Coercer coercer(plan, max_errors);
    std::vector<types::VariableValues::Variable> values;
    values.reserve(plan.variables.size());
    for (const VariablePlan& variable : plan.variables) {
        auto& made = values.emplace_back();
        made.name = variable.name;
        const json::Value* value = given.find(variable.name);
        if (value != nullptr) {
            made.value = coercer.variable(variable, *value);
        } else if (variable.default_value) {
            made.value = variable.default_value;
        } else if (variable.type->is_non_null()) {
            coercer.complain(
                variable, "Variable \"$" + std::string(variable.name) + "\" of required type \"" +
                              types::to_string(*variable.type) + "\" was not provided.");
        }
    }
    if (!coercer.errors.empty()) return std::unexpected(std::move(coercer.errors));
    // @skip and @include take Boolean!: a null that a default allows in cannot decide.
    for (const std::size_t index : plan.conditions) {
        if (values[index].value && !values[index].value->is_null()) continue;
        coercer.complain(plan.variables[index], "Variable \"$" +
                                                    std::string(plan.variables[index].name) +
                                                    "\" must not be null: a directive reads it.");
    }
    if (!coercer.errors.empty()) return std::unexpected(std::move(coercer.errors));
    return types::VariableValues(std::move(values));
}

}  // namespace latchkey::graphql::execution
