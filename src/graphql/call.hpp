#pragma once

// One call of a resolver: its arguments, the request's context, and what is selected below it.

#include <cassert>
#include <string_view>

#include "graphql/input.hpp"
#include "graphql/value.hpp"

namespace latchkey::graphql {

namespace execution {
struct FieldPlan;
struct Frame;
}  // namespace execution

/// The caller's request object, without its type.
struct ContextRef {
    void* address = nullptr;
    TypeTag tag = nullptr;
};

class Call {
public:
    Call(const execution::FieldPlan& field, const execution::Frame& frame, ContextRef context)
        : field_(field), frame_(frame), context_(context) {}
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    /// A coerced argument, defaults applied. Naming one that the SDL lacks is a bug: asserted.
    [[nodiscard]] Input argument(std::string_view name) const;
    /// `call.argument<std::optional<std::string_view>>("publicId")`
    template <class T>
    [[nodiscard]] T argument(std::string_view name) const {
        return argument(name).template as<T>();
    }

    /// The object given to Engine::execute. Its type must be the one given there.
    template <class Context>
    [[nodiscard]] Context& context() const {
        assert(context_.tag == type_tag<Context>());
        return *static_cast<Context*>(context_.address);
    }

    /// Whether the client selects `field` on the object that this field returns, under any alias
    /// and through any fragment, so that a resolver can leave out reads nobody asked for.
    [[nodiscard]] bool selects(std::string_view field) const;
    /// The same along a path: `call.selects("nodes", "definition")`.
    [[nodiscard]] bool selects(std::string_view field, std::string_view below) const;

    /// "User.email": for logs.
    [[nodiscard]] std::string_view coordinate() const;

private:
    const execution::FieldPlan& field_;
    const execution::Frame& frame_;
    ContextRef context_;
};

}  // namespace latchkey::graphql
