#include "metafields/types/object_value.hpp"

#include <algorithm>

#include "metafields/types/json_text.hpp"

namespace latchkey::metafields {

std::optional<ObjectValue> ObjectValue::parse(std::string_view text) {
    const auto document = parse_json(text);
    if (!document || document->object() == nullptr) return std::nullopt;
    const std::string minified = minify(text);
    const auto raw_members = split_members(minified);
    ObjectValue object;
    std::size_t index = 0;
    // The parser keeps the order of the document, so both lists go in step.
    for (const auto& [name, value] : *document->object()) {
        const bool is_string = value.string() != nullptr;
        object.members_.push_back(
            {.name = name,
             .value = is_string ? *value.string() : std::string(raw_members[index]),
             .is_string = is_string});
        ++index;
    }
    return object;
}

bool ObjectValue::has_exactly(std::initializer_list<std::string_view> names) const {
    return members_.size() == names.size() &&
           std::ranges::all_of(names, [this](auto name) { return find(name) != nullptr; });
}

std::optional<std::string_view> ObjectValue::text(std::string_view name) const {
    const Member* member = find(name);
    if (member == nullptr || !member->is_string) return std::nullopt;
    return member->value;
}

std::optional<Decimal> ObjectValue::decimal(std::string_view name) const {
    const Member* member = find(name);
    if (member == nullptr) return std::nullopt;
    return parse_decimal(member->value);
}

const ObjectValue::Member* ObjectValue::find(std::string_view name) const {
    const auto found = std::ranges::find(members_, name, &Member::name);
    return found == members_.end() ? nullptr : &*found;
}

}  // namespace latchkey::metafields
