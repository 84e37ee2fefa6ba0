#pragma once

// What a resolver returns. The executor writes it into the response at once, so text and objects
// may be borrowed from the parent: they need to live only until the field below them is written.

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace latchkey::graphql {

/// The address stands for the C++ type: cheap to compare, unique in the program.
using TypeTag = const void*;

namespace detail {
template <class T>
inline constexpr char tag_anchor = 0;
}  // namespace detail

template <class T>
[[nodiscard]] constexpr TypeTag type_tag() noexcept {
    return &detail::tag_anchor<std::remove_cv_t<T>>;
}

/// A C++ object that stands for a GraphQL object: where it is, what it is, and who keeps it alive.
struct ObjectRef {
    const void* address = nullptr;
    TypeTag tag = nullptr;
    std::shared_ptr<const void> owner;  // empty when borrowed
};

class Value {
public:
    using List = std::vector<Value>;
    using Data = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string_view,
                              std::string, ObjectRef, List>;

    /// GraphQL null.
    Value() = default;

    [[nodiscard]] static Value null() { return {}; }
    [[nodiscard]] static Value boolean(bool value) { return Value(Data(value)); }  // NOLINT
    [[nodiscard]] static Value integer(std::int64_t value) { return Value(Data(value)); }
    [[nodiscard]] static Value number(double value) { return Value(Data(value)); }

    /// Text of a String, ID or enum field, borrowed: it must outlive the resolver's call as a part
    /// of the parent, of the context or of the program.
    [[nodiscard]] static Value text(std::string_view borrowed) { return Value(Data(borrowed)); }
    [[nodiscard]] static Value text(const std::string& borrowed) {
        return text(std::string_view(borrowed));
    }
    [[nodiscard]] static Value text(const char* literal) { return text(std::string_view(literal)); }
    [[nodiscard]] static Value text(std::string&&) = delete;  // use owned()
    [[nodiscard]] static Value text(const std::optional<std::string>& borrowed) {
        return borrowed ? text(*borrowed) : Value();
    }
    [[nodiscard]] static Value text(std::optional<std::string>&&) = delete;
    /// Text that the value keeps itself.
    [[nodiscard]] static Value owned(std::string text) { return Value(Data(std::move(text))); }

    /// An object borrowed from the parent, the context or the program.
    template <class T>
    [[nodiscard]] static Value object(const T& borrowed) {
        return Value(Data(ObjectRef{&borrowed, type_tag<T>(), nullptr}));
    }
    template <class T>
    [[nodiscard]] static Value object(const T&&) = delete;  // use make_object()
    /// An object that the value keeps alive; null when the pointer is.
    template <class T>
    [[nodiscard]] static Value object(std::shared_ptr<T> shared) {
        if (!shared) return {};
        const void* address = shared.get();
        return Value(Data(ObjectRef{address, type_tag<T>(), std::move(shared)}));
    }
    /// Moves `made` to the heap and keeps it for the fields below.
    template <class T>
        requires(!std::is_lvalue_reference_v<T>)
    [[nodiscard]] static Value make_object(T&& made) {
        return object(std::make_shared<const T>(std::forward<T>(made)));
    }

    [[nodiscard]] static Value list(List items) { return Value(Data(std::move(items))); }
    /// One item for each element: `Value::list_of(errors, [](const auto& e) { return …; })`.
    template <class Range, class Make>
    [[nodiscard]] static Value list_of(const Range& range, Make make) {
        List items;
        for (const auto& element : range) items.push_back(make(element));
        return list(std::move(items));
    }
    /// The elements as borrowed objects. The range must outlive the call, as text() says.
    template <class Range>
    [[nodiscard]] static Value objects(const Range& range) {
        return list_of(range, [](const auto& element) { return object(element); });
    }
    template <class Range>
    [[nodiscard]] static Value objects(const Range&&) = delete;

    [[nodiscard]] const Data& data() const noexcept { return data_; }
    [[nodiscard]] bool is_null() const noexcept {
        return std::holds_alternative<std::nullptr_t>(data_);
    }

private:
    explicit Value(Data data) : data_(std::move(data)) {}
    Data data_ = nullptr;
};

/// A plain member as a value: what `object<T>("T").field("name", &T::name)` uses.
template <class T>
[[nodiscard]] Value value_of(const T& member) {
    if constexpr (std::is_same_v<T, bool>) {
        return Value::boolean(member);
    } else if constexpr (std::integral<T>) {
        return Value::integer(static_cast<std::int64_t>(member));
    } else if constexpr (std::floating_point<T>) {
        return Value::number(member);
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        return Value::text(std::string_view(member));
    } else if constexpr (requires { member.has_value(); }) {
        return member.has_value() ? value_of(*member) : Value();
    } else if constexpr (requires { member.begin(); }) {
        return Value::list_of(member, [](const auto& item) { return value_of(item); });
    } else {
        return Value::object(member);
    }
}

}  // namespace latchkey::graphql
