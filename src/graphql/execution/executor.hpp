#pragma once

// Runs a plan (spec 6.2 to 6.4). Depth first, one field after the other, each value written into
// the response as soon as it is there; where null propagates, what was written is cut off again.

#include <deque>
#include <functional>
#include <span>
#include <string>

#include "graphql/engine.hpp"
#include "graphql/execution/error_list.hpp"
#include "graphql/execution/plan.hpp"

namespace latchkey::graphql::execution {

class Executor {
public:
    Executor(const types::VariableValues& variables, ContextRef context,
             const EngineOptions& options, ErrorList& errors, std::string& out)
        : variables_(variables), context_(context), options_(options), errors_(errors), out_(out) {}

    /// Appends the root object, or null.
    void run(const SelectionPlan& root);

    /// How many objects were written, those of introspection left out: what they cost.
    [[nodiscard]] std::int64_t objects() const noexcept { return objects_; }

private:
    /// Whether the value is there. `nulled`: it must be null but may not, so that what surrounds it
    /// becomes null; the error is recorded and anything may have been appended.
    enum class Completion : std::uint8_t { written, nulled };

    Completion selection(const SelectionPlan& selection, const void* parent, const Path* path);
    Completion field(const FieldPlan& field, const SelectionPlan& selection, const void* parent,
                     const Path& path);
    Completion resolve(const FieldPlan& field, const Frame& frame, const void* parent,
                       const Path& path);
    Completion complete(const FieldPlan& field, const types::Type& type, const Value& value,
                        const Path& path);
    /// `value` is not null, `type` nullable.
    Completion complete_present(const FieldPlan& field, const types::Type& type, const Value& value,
                                const Path& path);
    Completion list(const FieldPlan& field, const types::Type& type, const Value& value,
                    const Path& path);
    Completion object(const FieldPlan& field, const types::NamedType& type, const Value& value,
                      const Path& path);
    Completion null_or_propagate(const types::Type& type);

    /// The argument's value, null when it is not given; false after recording an error.
    bool argument(const FieldPlan& field, const ArgumentPlan& argument, const json::Value*& value,
                  std::deque<json::Value>& owned, const Path& path);
    Completion with_arguments(const FieldPlan& field, const void* parent, const Path& path);
    void fail(const Error& error, const FieldPlan& field, const Path& path);

    const types::VariableValues& variables_;
    ContextRef context_;
    const EngineOptions& options_;
    ErrorList& errors_;
    std::string& out_;
    std::int64_t objects_ = 0;
};

/// The object type that `object` is where `abstract` is asked for; null when nothing says.
[[nodiscard]] const types::NamedType* concrete_type(const types::NamedType& abstract,
                                                    const ObjectRef& object);

}  // namespace latchkey::graphql::execution
