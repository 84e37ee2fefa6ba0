#pragma once

// Values that are small JSON objects of fixed members: measurements, money, ratings, links.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "metafields/types/decimal.hpp"

namespace latchkey::metafields {

/// A parsed object value, its numbers still the text they were written as.
class ObjectValue {
public:
    /// Absent when `text` is not a JSON object.
    [[nodiscard]] static std::optional<ObjectValue> parse(std::string_view text);

    /// Whether the members are exactly these.
    [[nodiscard]] bool has_exactly(std::initializer_list<std::string_view> names) const;
    /// A string member; absent when it is missing or of another type.
    [[nodiscard]] std::optional<std::string_view> text(std::string_view name) const;
    /// A member that is a number, or a string that holds one. The views in it live as long as this.
    [[nodiscard]] std::optional<Decimal> decimal(std::string_view name) const;

private:
    struct Member {
        std::string name;
        std::string value;  // a string's content, anything else as minified JSON
        bool is_string;
    };
    [[nodiscard]] const Member* find(std::string_view name) const;
    std::vector<Member> members_;
};

}  // namespace latchkey::metafields
