#include "metafields/types/type.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/text.hpp"
#include "json/writer.hpp"
#include "metafields/limits.hpp"
#include "metafields/types/families.hpp"
#include "metafields/types/json_text.hpp"

namespace latchkey::metafields {
namespace {

constexpr std::string_view list_prefix = "list.";

std::vector<const ScalarType*> gather() {
    std::vector<const ScalarType*> all;
    for (const auto family : {boolean_types(), color_types(), date_types(), json_types(),
                              measurement_types(), money_types(), number_types(), rating_types(),
                              reference_types(), rich_text_types(), text_types(), url_types()}) {
        for (const ScalarType& type : family) all.push_back(&type);
    }
    std::ranges::sort(all, {}, &ScalarType::name);
    return all;
}

/// Every scalar type, sorted by name.
const std::vector<const ScalarType*>& scalar_types() {
    static const std::vector<const ScalarType*> all = gather();
    return all;
}

Checked canonical_scalar(const ScalarType& type, std::string_view value) {
    if (value.size() > type.max_bytes) {
        return refuse(fmt::format("Value can have at most {} bytes.", type.max_bytes));
    }
    if (!is_valid_utf8(value)) return refuse("Value must be valid UTF-8.");
    if (trim_ascii(value).empty()) return refuse("Value can't be blank.");
    return type.canonical(value);
}

/// One item of a list, given as the JSON text that stands for it.
Checked canonical_item(const ScalarType& type, std::string_view item) {
    if (item == "null") return refuse("Value can't be null.");
    std::string unquoted;
    if (item.starts_with('"')) {
        const auto parsed = parse_json(item);
        if (!parsed || parsed->string() == nullptr) return refuse("Value must be valid JSON.");
        unquoted = *parsed->string();
        item = unquoted;
    }
    return canonical_scalar(type, item);
}

Checked canonical_list(const ScalarType& type, std::string_view value) {
    if (value.size() > max_value_bytes) {
        return refuse(fmt::format("Value can have at most {} bytes.", max_value_bytes));
    }
    const std::string document = parse_json(value) ? minify(value) : std::string();
    const auto items = split_array(document);
    if (!items) return refuse(fmt::format("Value must be a JSON array of {} values.", type.name));
    if (items->size() > max_list_items) {
        return refuse(fmt::format("Value can have at most {} items.", max_list_items));
    }
    std::string out = "[";
    for (std::size_t i = 0; i < items->size(); ++i) {
        const Checked item = canonical_item(type, (*items)[i]);
        if (!item) return refuse(fmt::format("Item {}: {}", i, item.error()));
        if (i > 0) out += ',';
        if (type.list_form == ListForm::quoted) {
            json::append_string(out, *item);
        } else {
            out += *item;
        }
    }
    out += ']';
    if (out.size() > max_value_bytes) {
        return refuse(fmt::format("Value can have at most {} bytes.", max_value_bytes));
    }
    return out;
}

/// Whether a canonical value of the type is a JSON document as it stands.
bool is_json(const ScalarType& type) noexcept {
    switch (type.category) {
        case Category::BOOLEAN:
        case Category::JSON:
        case Category::LINK:
        case Category::MEASUREMENT:
        case Category::MONEY:
        case Category::RATING: return true;
        case Category::NUMBER: return type.list_form == ListForm::bare;
        case Category::TEXT: return type.name == "rich_text_field";
        case Category::COLOR:
        case Category::DATE_TIME:
        case Category::ID:
        case Category::REFERENCE:
        case Category::URL: return false;
    }
    return false;
}

}  // namespace

std::string_view to_string(Category category) noexcept {
    switch (category) {
        case Category::BOOLEAN: return "BOOLEAN";
        case Category::COLOR: return "COLOR";
        case Category::DATE_TIME: return "DATE_TIME";
        case Category::ID: return "ID";
        case Category::JSON: return "JSON";
        case Category::LINK: return "LINK";
        case Category::MEASUREMENT: return "MEASUREMENT";
        case Category::MONEY: return "MONEY";
        case Category::NUMBER: return "NUMBER";
        case Category::RATING: return "RATING";
        case Category::REFERENCE: return "REFERENCE";
        case Category::TEXT: return "TEXT";
        case Category::URL: return "URL";
    }
    return "";
}

std::string Type::name() const {
    std::string out(shape == Shape::list ? list_prefix : "");
    out += scalar->name;
    return out;
}

std::optional<Type> find_type(std::string_view name) {
    const Shape shape = name.starts_with(list_prefix) ? Shape::list : Shape::single;
    if (shape == Shape::list) name.remove_prefix(list_prefix.size());
    const auto& all = scalar_types();
    const auto found = std::ranges::lower_bound(all, name, {}, &ScalarType::name);
    if (found == all.end() || (*found)->name != name) return std::nullopt;
    if (shape == Shape::list && (*found)->list_form == ListForm::none) return std::nullopt;
    return Type{*found, shape};
}

std::vector<std::string> list_type_names() {
    std::vector<std::string> names;
    for (const ScalarType* type : scalar_types()) {
        names.push_back(Type{type, Shape::single}.name());
        if (type->list_form != ListForm::none) names.push_back(Type{type, Shape::list}.name());
    }
    std::ranges::sort(names);
    return names;
}

Checked canonical_value(const Type& type, std::string_view value) {
    if (type.shape == Shape::list) return canonical_list(*type.scalar, value);
    return canonical_scalar(*type.scalar, value);
}

std::string json_form(const Type& type, std::string_view canonical) {
    if (type.shape == Shape::list || is_json(*type.scalar)) return std::string(canonical);
    std::string out;
    json::append_string(out, canonical);
    return out;
}

}  // namespace latchkey::metafields
