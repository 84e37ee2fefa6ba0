#pragma once

// A coerced argument or input field as the resolver reads it. The schema has been enforced before
// a resolver runs (spec 6.4.1), so the types asked for here are those of the SDL.

#include <cassert>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "json/value.hpp"

namespace latchkey::graphql {

/// Not given, null, or a value. Int is std::int64_t, Float double, Boolean bool, String, ID and
/// enums std::string_view, lists and input objects are walked with items() and field().
/// Borrowed: valid while the resolver runs.
class Input {
public:
    Input() = default;
    explicit Input(const json::Value* value) : value_(value) {}

    /// Spec 6.4.1: an argument that is absent differs from one that is null.
    [[nodiscard]] bool is_given() const noexcept { return value_ != nullptr; }
    [[nodiscard]] bool is_null() const noexcept { return value_ == nullptr || value_->is_null(); }

    /// The value as bool, std::int64_t, double or std::string_view, or std::optional of one (absent
    /// for null and not given). Asking a nullable argument for a plain type gives its zero value.
    template <class T>
    [[nodiscard]] T as() const;

    /// A field of an input object; not given if this is null or the field was left out.
    [[nodiscard]] Input field(std::string_view name) const noexcept {
        return Input(value_ == nullptr ? nullptr : value_->find(name));
    }
    /// The number of items of a list; 0 for null.
    [[nodiscard]] std::size_t size() const noexcept {
        return value_ == nullptr || value_->array() == nullptr ? 0 : value_->array()->size();
    }
    [[nodiscard]] Input item(std::size_t index) const {
        assert(index < size());
        return Input(&(*value_->array())[index]);
    }

    /// The coerced value itself; null when not given.
    [[nodiscard]] const json::Value* json() const noexcept { return value_; }

private:
    template <class T>
    struct OptionalOf : std::false_type {};
    template <class T>
    struct OptionalOf<std::optional<T>> : std::true_type {
        using Inner = T;
    };

    const json::Value* value_ = nullptr;
};

template <class T>
T Input::as() const {
    if constexpr (OptionalOf<T>::value) {
        if (is_null()) return std::nullopt;
        return as<typename OptionalOf<T>::Inner>();
    } else {
        if (is_null()) return T{};
        if constexpr (std::is_same_v<T, bool>) {
            return value_->boolean() != nullptr && *value_->boolean();
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
            return value_->integer() != nullptr ? *value_->integer() : 0;
        } else if constexpr (std::is_same_v<T, double>) {
            if (value_->integer() != nullptr) return static_cast<double>(*value_->integer());
            return value_->number() != nullptr ? *value_->number() : 0.0;
        } else {
            static_assert(std::is_same_v<T, std::string_view>, "no such GraphQL input type");
            return value_->string() != nullptr ? std::string_view(*value_->string()) : T{};
        }
    }
}

}  // namespace latchkey::graphql
