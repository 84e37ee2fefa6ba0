#pragma once

// The functions behind a schema's fields, bound by coordinate. One Resolvers is filled at start
// and given to Schema::build, which checks it against the SDL in both directions.
//
//     Resolvers resolvers;
//     resolvers.root("Query")
//         .field("user", [](Call& call) -> Result<Value> {
//             auto& request = call.context<RequestContext>();
//             if (!request.user) return fail(ErrorCode::unauthenticated, "Unauthorized");
//             return Value::object(*request.user);
//         });
//     resolvers.object<Profile>("User")
//         .field("email", &Profile::email)
//         .field("name", [](const Profile& p) { return Value::owned(p.first + " " + p.last); });

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "graphql/call.hpp"
#include "graphql/value.hpp"
#include "json/value.hpp"

namespace latchkey::graphql {

/// A field's resolver without its types. It may run on several threads at once. Its error becomes
/// a field error: message = public_text, extensions.code from EngineOptions::error_code.
using FieldResolver = std::function<Result<Value>(const void* parent, Call& call)>;

/// The name of the object type that an object of an interface or union is.
using TypeResolver = std::function<std::string_view(const void* object)>;

/// A custom scalar. Errors become GraphQL errors with their public_text.
struct ScalarFunctions {
    /// Checks and normalises what a client sent (a literal arrives as its JSON equivalent).
    std::function<Result<json::Value>(const json::Value&)> parse;
    /// Appends the JSON of what a resolver returned.
    std::function<Result<void>(const Value&, std::string& out)> serialise;
};

class Resolvers {
public:
    /// The fields of one object type whose objects are T in C++ (void: a root type).
    template <class T>
    class Fields {
    public:
        /// `resolve` is a pointer to a data member, or a callable taking (), (const T&), (Call&)
        /// or (const T&, Call&) that returns Value or Result<Value>.
        template <class Resolve>
        Fields& field(std::string_view name, Resolve resolve) {
            owner_.add_field(type_, name, erase<T>(std::move(resolve)));
            return *this;
        }

    private:
        friend class Resolvers;
        Fields(Resolvers& owner, std::string_view type) : owner_(owner), type_(type) {}
        Resolvers& owner_;
        std::string type_;
    };

    /// Query, Mutation: no parent object.
    [[nodiscard]] Fields<void> root(std::string_view type) { return {*this, type}; }

    template <class T>
    [[nodiscard]] Fields<T> object(std::string_view type) {
        bindings_[std::string(type)].tag = type_tag<T>();
        return {*this, type};
    }

    /// Needed only where two object types of an interface or union share one C++ type: `resolve`
    /// (const T&) -> std::string_view names the object type.
    template <class T, class Resolve>
    Resolvers& type_of(std::string_view abstract_type, Resolve resolve) {
        type_resolvers_[std::string(abstract_type)][type_tag<T>()] =
            [resolve = std::move(resolve)](const void* object) -> std::string_view {
            return resolve(*static_cast<const T*>(object));
        };
        return *this;
    }

    Resolvers& scalar(std::string_view name, ScalarFunctions functions) {
        scalars_[std::string(name)] = std::move(functions);
        return *this;
    }

    struct Binding {
        TypeTag tag = nullptr;  // null: a root type
        std::map<std::string, FieldResolver, std::less<>> fields;
    };
    [[nodiscard]] const auto& bindings() const noexcept { return bindings_; }
    [[nodiscard]] const auto& type_resolvers() const noexcept { return type_resolvers_; }
    [[nodiscard]] const auto& scalars() const noexcept { return scalars_; }

private:
    template <class T, class Resolve>
    static FieldResolver erase(Resolve resolve) {
        if constexpr (std::is_member_object_pointer_v<Resolve>) {
            return [resolve](const void* parent, Call&) -> Result<Value> {
                return value_of(static_cast<const T*>(parent)->*resolve);
            };
        } else {
            return [resolve = std::move(resolve)](const void* parent, Call& call) -> Result<Value> {
                if constexpr (std::is_invocable_v<const Resolve&>) {
                    return resolve();
                } else if constexpr (std::is_invocable_v<const Resolve&, Call&>) {
                    return resolve(call);
                } else if constexpr (std::is_invocable_v<const Resolve&, const T&>) {
                    return resolve(*static_cast<const T*>(parent));
                } else {
                    return resolve(*static_cast<const T*>(parent), call);
                }
            };
        }
    }

    void add_field(const std::string& type, std::string_view name, FieldResolver resolver) {
        bindings_[type].fields[std::string(name)] = std::move(resolver);
    }

    std::map<std::string, Binding, std::less<>> bindings_;
    std::map<std::string, std::map<TypeTag, TypeResolver>, std::less<>> type_resolvers_;
    std::map<std::string, ScalarFunctions, std::less<>> scalars_;
};

}  // namespace latchkey::graphql
