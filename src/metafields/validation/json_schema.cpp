#include "metafields/validation/json_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "metafields/names.hpp"
#include "metafields/validation/pattern.hpp"

namespace latchkey::metafields {
namespace {

using json::Value;
using Fault = std::optional<std::string>;

/// A place in the document and the schema that it must obey.
struct Place {
    const Value& schema;
    const Value& document;
    std::string path;  // RFC 6901

    [[nodiscard]] Fault fault(std::string_view what) const {
        return fmt::format("At {}: {}", path.empty() ? "the top" : path, what);
    }
};

struct Keyword {
    std::string_view name;
    bool (*is_usable)(const Value& setting);
    Fault (*enforce)(const Value& setting, const Place& at);
};

Fault no_rule(const Value& /*setting*/, const Place& /*at*/) { return std::nullopt; }
bool anything(const Value& /*setting*/) { return true; }

std::optional<double> number_of(const Value& value) {
    if (value.integer() != nullptr) return static_cast<double>(*value.integer());
    if (value.number() != nullptr) return *value.number();
    return std::nullopt;
}

bool is_schema(const Value& value) { return !find_schema_fault(value); }
bool is_number(const Value& value) { return number_of(value).has_value(); }
bool is_count(const Value& value) { return value.integer() != nullptr && *value.integer() >= 0; }
bool is_list(const Value& value) { return value.array() != nullptr; }
bool is_text_list(const Value& value) {
    return is_list(value) && std::ranges::all_of(*value.array(), [](const Value& item) {
               return item.string() != nullptr;
           });
}
bool is_schema_list(const Value& value) {
    return is_list(value) && !value.array()->empty() &&
           std::ranges::all_of(*value.array(), is_schema);
}
bool is_schema_map(const Value& value) {
    return value.object() != nullptr &&
           std::ranges::all_of(*value.object(),
                               [](const auto& member) { return is_schema(member.second); });
}

/// JSON Schema 4.2.2: numbers by value, objects without order.
bool are_equal(const Value& a, const Value& b) {
    if (is_number(a) && is_number(b)) return number_of(a) == number_of(b);
    if (a.data().index() != b.data().index()) return false;
    if (a.array() != nullptr) return std::ranges::equal(*a.array(), *b.array(), are_equal);
    if (a.object() != nullptr) {
        return a.object()->size() == b.object()->size() &&
               std::ranges::all_of(*a.object(), [&](const auto& member) {
                   const Value* other = b.find(member.first);
                   return other != nullptr && are_equal(member.second, *other);
               });
    }
    if (a.string() != nullptr) return *a.string() == *b.string();
    return a.boolean() == nullptr || *a.boolean() == *b.boolean();
}

bool has_type(const Value& value, std::string_view type) {
    if (type == "null") return value.is_null();
    if (type == "boolean") return value.boolean() != nullptr;
    if (type == "string") return value.string() != nullptr;
    if (type == "array") return value.array() != nullptr;
    if (type == "object") return value.object() != nullptr;
    if (type == "number") return is_number(value);
    // JSON Schema 6.1.1: 1.0 is an integer.
    return type == "integer" && is_number(value) &&
           std::trunc(*number_of(value)) == number_of(value);
}

bool is_type_name(const Value& value) {
    constexpr std::string_view names[] = {"null",   "boolean", "string", "array",
                                          "object", "number",  "integer"};
    return value.string() != nullptr &&
           std::ranges::find(names, *value.string()) != std::end(names);
}
bool is_type(const Value& setting) {
    return is_type_name(setting) || (is_list(setting) && !setting.array()->empty() &&
                                     std::ranges::all_of(*setting.array(), is_type_name));
}
Fault enforce_type(const Value& setting, const Place& at) {
    const bool fits = setting.string() != nullptr
                          ? has_type(at.document, *setting.string())
                          : std::ranges::any_of(*setting.array(), [&](const Value& name) {
                                return has_type(at.document, *name.string());
                            });
    if (fits) return std::nullopt;
    std::string wanted;
    json::append_value(wanted, setting);
    return at.fault("must be of type " + wanted + ".");
}

Fault enforce_enum(const Value& setting, const Place& at) {
    const auto same = [&](const Value& allowed) { return are_equal(allowed, at.document); };
    if (std::ranges::any_of(*setting.array(), same)) return std::nullopt;
    return at.fault("must be one of the values that the schema lists.");
}
Fault enforce_const(const Value& setting, const Place& at) {
    if (are_equal(setting, at.document)) return std::nullopt;
    return at.fault("must be the value that the schema names.");
}

enum class Bound : std::uint8_t { least, more_than, most, less_than };

template <Bound bound>
Fault enforce_number(const Value& setting, const Place& at) {
    const auto number = number_of(at.document);
    const double limit = *number_of(setting);
    if (!number) return std::nullopt;
    switch (bound) {
        case Bound::least:
            return *number >= limit ? Fault()
                                    : at.fault(fmt::format("must be at least {}.", limit));
        case Bound::more_than:
            return *number > limit ? Fault() : at.fault(fmt::format("must be over {}.", limit));
        case Bound::most:
            return *number <= limit ? Fault() : at.fault(fmt::format("can be at most {}.", limit));
        case Bound::less_than:
            return *number < limit ? Fault() : at.fault(fmt::format("must be below {}.", limit));
    }
    return std::nullopt;
}

std::optional<std::int64_t> length_of(const Value& value) {
    if (value.string() == nullptr) return std::nullopt;
    return static_cast<std::int64_t>(count_characters(*value.string()));
}
std::optional<std::int64_t> items_of(const Value& value) {
    if (value.array() == nullptr) return std::nullopt;
    return static_cast<std::int64_t>(value.array()->size());
}
std::optional<std::int64_t> members_of(const Value& value) {
    if (value.object() == nullptr) return std::nullopt;
    return static_cast<std::int64_t>(value.object()->size());
}

template <std::optional<std::int64_t> (*count)(const Value&)>
Fault enforce_fewest(const Value& setting, const Place& at) {
    const auto size = count(at.document);
    if (!size || *size >= *setting.integer()) return std::nullopt;
    return at.fault(fmt::format("must have a length of at least {}.", *setting.integer()));
}
template <std::optional<std::int64_t> (*count)(const Value&)>
Fault enforce_most(const Value& setting, const Place& at) {
    const auto size = count(at.document);
    if (!size || *size <= *setting.integer()) return std::nullopt;
    return at.fault(fmt::format("can have a length of at most {}.", *setting.integer()));
}

bool is_pattern(const Value& setting) {
    return setting.string() != nullptr && !find_pattern_fault(*setting.string());
}
Fault enforce_pattern(const Value& setting, const Place& at) {
    if (at.document.string() == nullptr) return std::nullopt;
    if (matches_pattern(*setting.string(), *at.document.string())) return std::nullopt;
    return at.fault(fmt::format("must match the pattern {}.", *setting.string()));
}

Fault enforce_required(const Value& setting, const Place& at) {
    if (at.document.object() == nullptr) return std::nullopt;
    for (const Value& name : *setting.array()) {
        if (at.document.find(*name.string()) == nullptr) {
            return at.fault(fmt::format("must have the member {}.", *name.string()));
        }
    }
    return std::nullopt;
}

Fault descend(const Value& schema, const Value& document, std::string path);

Fault enforce_properties(const Value& setting, const Place& at) {
    for (const auto& [name, schema] : *setting.object()) {
        const Value* member = at.document.find(name);
        if (member == nullptr) continue;
        if (auto fault = descend(schema, *member, at.path + "/" + name)) return fault;
    }
    return std::nullopt;
}
Fault enforce_additional(const Value& setting, const Place& at) {
    if (at.document.object() == nullptr) return std::nullopt;
    const Value* known = at.schema.find("properties");
    for (const auto& [name, member] : *at.document.object()) {
        if (known != nullptr && known->find(name) != nullptr) continue;
        if (setting.boolean() != nullptr && !*setting.boolean()) {
            return at.fault("can't have members that the schema doesn't name.");
        }
        if (auto fault = descend(setting, member, at.path + "/" + name)) return fault;
    }
    return std::nullopt;
}
Fault enforce_items(const Value& setting, const Place& at) {
    if (at.document.array() == nullptr) return std::nullopt;
    std::size_t index = 0;
    for (const Value& item : *at.document.array()) {
        if (auto fault = descend(setting, item, fmt::format("{}/{}", at.path, index++))) {
            return fault;
        }
    }
    return std::nullopt;
}

std::ptrdiff_t count_matches(const Value& schemas, const Place& at) {
    return std::ranges::count_if(*schemas.array(), [&](const Value& schema) {
        return !descend(schema, at.document, at.path);
    });
}
Fault enforce_all_of(const Value& setting, const Place& at) {
    for (const Value& schema : *setting.array()) {
        if (auto fault = descend(schema, at.document, at.path)) return fault;
    }
    return std::nullopt;
}
Fault enforce_any_of(const Value& setting, const Place& at) {
    if (count_matches(setting, at) > 0) return std::nullopt;
    return at.fault("must fit one of the schemas of anyOf.");
}
Fault enforce_one_of(const Value& setting, const Place& at) {
    if (count_matches(setting, at) == 1) return std::nullopt;
    return at.fault("must fit exactly one of the schemas of oneOf.");
}
Fault enforce_not(const Value& setting, const Place& at) {
    if (descend(setting, at.document, at.path)) return std::nullopt;
    return at.fault("fits the schema that it must not fit.");
}

constexpr Keyword keywords[] = {
    {"$schema", anything, no_rule},
    {"$id", anything, no_rule},
    {"$comment", anything, no_rule},
    {"title", anything, no_rule},
    {"description", anything, no_rule},
    {"default", anything, no_rule},
    {"examples", anything, no_rule},
    {"type", is_type, enforce_type},
    {"enum", is_list, enforce_enum},
    {"const", anything, enforce_const},
    {"minimum", is_number, enforce_number<Bound::least>},
    {"exclusiveMinimum", is_number, enforce_number<Bound::more_than>},
    {"maximum", is_number, enforce_number<Bound::most>},
    {"exclusiveMaximum", is_number, enforce_number<Bound::less_than>},
    {"minLength", is_count, enforce_fewest<length_of>},
    {"maxLength", is_count, enforce_most<length_of>},
    {"pattern", is_pattern, enforce_pattern},
    {"minItems", is_count, enforce_fewest<items_of>},
    {"maxItems", is_count, enforce_most<items_of>},
    {"items", is_schema, enforce_items},
    {"minProperties", is_count, enforce_fewest<members_of>},
    {"maxProperties", is_count, enforce_most<members_of>},
    {"required", is_text_list, enforce_required},
    {"properties", is_schema_map, enforce_properties},
    {"additionalProperties", is_schema, enforce_additional},
    {"allOf", is_schema_list, enforce_all_of},
    {"anyOf", is_schema_list, enforce_any_of},
    {"oneOf", is_schema_list, enforce_one_of},
    {"not", is_schema, enforce_not},
};

const Keyword* find_keyword(std::string_view name) {
    const auto* found = std::ranges::find(keywords, name, &Keyword::name);
    return found == std::end(keywords) ? nullptr : found;
}

/// The depth of schema and document is bounded by the JSON parser.
Fault descend(const Value& schema, const Value& document, std::string path) {
    const Place at{schema, document, std::move(path)};
    if (const bool* allowed = schema.boolean()) {
        return *allowed ? Fault() : at.fault("no value is allowed here.");
    }
    if (schema.object() == nullptr) return std::nullopt;
    for (const auto& [name, setting] : *schema.object()) {
        const Keyword* keyword = find_keyword(name);
        if (keyword == nullptr) continue;
        if (auto fault = keyword->enforce(setting, at)) return fault;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> find_schema_fault(const Value& schema) {
    if (schema.boolean() != nullptr) return std::nullopt;
    if (schema.object() == nullptr) return "A schema must be a JSON object, true or false.";
    for (const auto& [name, setting] : *schema.object()) {
        const Keyword* keyword = find_keyword(name);
        if (keyword == nullptr) {
            return fmt::format("The schema's keyword {} is not supported.", name);
        }
        if (!keyword->is_usable(setting)) {
            return fmt::format("The setting of the schema's keyword {} can't be used.", name);
        }
    }
    return std::nullopt;
}

std::optional<std::string> find_schema_violation(const Value& schema, const Value& document) {
    return descend(schema, document, {});
}

}  // namespace latchkey::metafields
