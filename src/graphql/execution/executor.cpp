#include "graphql/execution/executor.hpp"

#include <algorithm>

#include "graphql/execution/leaf_output.hpp"

namespace latchkey::graphql::execution {
namespace {

Error internal_error(const FieldPlan& field, std::string_view what) {
    return {ErrorCode::internal, "Internal error.",
            field.field->coordinate + ": " + std::string(what)};
}

constexpr std::string_view bad_input = "BAD_USER_INPUT";

}  // namespace

void Executor::run(const SelectionPlan& root) {
    const std::size_t mark = out_.size();
    if (selection(root, nullptr, nullptr) == Completion::written) return;
    out_.resize(mark);
    out_ += "null";
}

// Spec 6.3.3 ExecuteCollectedFields.
Executor::Completion Executor::selection(const SelectionPlan& selection, const void* parent,
                                         const Path* path) {
    out_.push_back('{');
    bool is_first = true;
    for (const FieldPlan& each : selection.fields) {
        if (!is_first) out_.push_back(',');
        is_first = false;
        out_ += each.key_json;
        const Path here{path, each.key};
        if (field(each, selection, parent, here) == Completion::nulled) return Completion::nulled;
    }
    out_.push_back('}');
    return Completion::written;
}

// Spec 6.4 ExecuteField.
Executor::Completion Executor::field(const FieldPlan& field, const SelectionPlan& selection,
                                     const void* parent, const Path& path) {
    if (!field.field->resolve) {
        // Only __typename has no resolver.
        out_ += selection.type_name_json;
        return Completion::written;
    }
    if (!field.is_fixed) return with_arguments(field, parent, path);
    return resolve(field, Frame{field.fixed.data()}, parent, path);
}

Executor::Completion Executor::with_arguments(const FieldPlan& field, const void* parent,
                                              const Path& path) {
    std::vector<const json::Value*> values(field.arguments.size());
    std::deque<json::Value> owned;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!argument(field, field.arguments[i], values[i], owned, path)) {
            return null_or_propagate(*field.field->type);
        }
    }
    return resolve(field, Frame{values.data()}, parent, path);
}

// Spec 6.4.1 CoerceArgumentValues, step 5, for one argument.
bool Executor::argument(const FieldPlan& field, const ArgumentPlan& argument,
                        const json::Value*& value, std::deque<json::Value>& owned,
                        const Path& path) {
    const types::InputValue& definition = *argument.definition;
    const auto complain = [&](std::string_view what) {
        std::string message = "Argument \"" + std::string(definition.name) + "\" ";
        message.append(what);
        if (argument.at) {
            errors_.add(message, bad_input, std::span(&*argument.at, 1), path);
        } else {
            errors_.add(message, bad_input, field, path);
        }
        return false;
    };
    value = argument.constant;
    if (argument.source == ArgumentPlan::Source::literal) {
        auto coerced = types::coerce_literal(*definition.type, *argument.literal, &variables_);
        if (!coerced) return complain("has an invalid value.");
        value = &owned.emplace_back(*std::move(coerced));
    } else if (argument.source == ArgumentPlan::Source::variable) {
        if (const json::Value* given = variables_.at(argument.variable)) value = given;
        if (!definition.type->is_non_null()) return true;
        if (value == nullptr) return complain("of required type was not provided.");
        if (value->is_null()) return complain("of non-null type must not be null.");
    }
    return true;
}

Executor::Completion Executor::resolve(const FieldPlan& field, const Frame& frame,
                                       const void* parent, const Path& path) {
    Call call(field, frame, context_);
    const Result<Value> value = field.field->resolve(parent, call);
    if (value) return complete(field, *field.field->type, *value, path);
    fail(value.error(), field, path);
    return null_or_propagate(*field.field->type);
}

// Spec 6.4.4: an error makes the field null, or what surrounds it where it may not be.
Executor::Completion Executor::null_or_propagate(const types::Type& type) {
    if (type.is_non_null()) return Completion::nulled;
    out_ += "null";
    return Completion::written;
}

// Spec 6.4.3 CompleteValue.
Executor::Completion Executor::complete(const FieldPlan& field, const types::Type& type,
                                        const Value& value, const Path& path) {
    if (type.is_non_null()) {
        if (!value.is_null()) return complete_present(field, *type.inner, value, path);
        errors_.add("Cannot return null for non-nullable field " + field.field->coordinate + ".",
                    "INTERNAL_SERVER_ERROR", field, path);
        return Completion::nulled;
    }
    const std::size_t mark = out_.size();
    if (!value.is_null() && complete_present(field, type, value, path) == Completion::written) {
        return Completion::written;
    }
    out_.resize(mark);
    out_ += "null";
    return Completion::written;
}

Executor::Completion Executor::complete_present(const FieldPlan& field, const types::Type& type,
                                                const Value& value, const Path& path) {
    if (type.is_list()) return list(field, type, value, path);
    if (type.named->is_composite()) return object(field, *type.named, value, path);
    const Result<void> written = append_leaf(out_, *type.named, value);
    if (written) return Completion::written;
    fail(written.error(), field, path);
    return Completion::nulled;
}

Executor::Completion Executor::list(const FieldPlan& field, const types::Type& type,
                                    const Value& value, const Path& path) {
    const auto* items = std::get_if<Value::List>(&value.data());
    if (items == nullptr) {
        fail(internal_error(field, "not a list"), field, path);
        return Completion::nulled;
    }
    out_.push_back('[');
    for (std::size_t i = 0; i < items->size(); ++i) {
        if (i != 0) out_.push_back(',');
        const Path here{&path, {}, i, Path::Kind::index};
        if (complete(field, *type.inner, (*items)[i], here) == Completion::nulled) {
            return Completion::nulled;
        }
    }
    out_.push_back(']');
    return Completion::written;
}

Executor::Completion Executor::object(const FieldPlan& field, const types::NamedType& type,
                                      const Value& value, const Path& path) {
    const auto* object = std::get_if<ObjectRef>(&value.data());
    if (object == nullptr) {
        fail(internal_error(field, "not an object"), field, path);
        return Completion::nulled;
    }
    const types::NamedType* concrete = type.is_abstract() ? concrete_type(type, *object) : &type;
    const SelectionPlan* below = nullptr;
    if (concrete != nullptr && concrete->tag == object->tag) {
        below = field.selection_for(*concrete);
    }
    if (below == nullptr) {
        fail(internal_error(field, "an object of another type"), field, path);
        return Completion::nulled;
    }
    if (!concrete->is_introspection) ++objects_;
    return selection(*below, object->address, &path);
}

void Executor::fail(const Error& error, const FieldPlan& field, const Path& path) {
    if (options_.on_field_error) {
        options_.on_field_error(FieldError{field.field->coordinate, error});
    }
    const std::string_view code =
        options_.error_code ? options_.error_code(error.code) : to_string(error.code);
    errors_.add(error.public_text.view(), code, field, path);
}

const types::NamedType* concrete_type(const types::NamedType& abstract, const ObjectRef& object) {
    const auto resolver = abstract.type_resolvers.find(object.tag);
    if (resolver != abstract.type_resolvers.end()) {
        const std::string_view name = resolver->second(object.address);
        const auto found = std::ranges::find(abstract.possible, name, &types::NamedType::name);
        return found == abstract.possible.end() ? nullptr : *found;
    }
    const auto found = abstract.by_tag.find(object.tag);
    return found == abstract.by_tag.end() ? nullptr : found->second;
}

}  // namespace latchkey::graphql::execution
