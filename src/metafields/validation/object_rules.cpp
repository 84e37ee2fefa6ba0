// Rules on addresses, ratings and JSON documents.

#include <fmt/format.h>

#include <algorithm>

#include "base/text/text.hpp"
#include "metafields/limits.hpp"
#include "metafields/types/json_text.hpp"
#include "metafields/types/object_value.hpp"
#include "metafields/types/web_address.hpp"
#include "metafields/validation/json_schema.hpp"
#include "metafields/validation/rules.hpp"

namespace latchkey::metafields {
namespace {

bool is_host(std::string_view text) {
    return !text.empty() && host_of("https://" + std::string(text)) == text &&
           !find_address_fault("https://" + std::string(text));
}

Fault enforce_scale(std::string_view member, std::string_view parameter,
                    std::string_view canonical) {
    const auto rating = ObjectValue::parse(canonical);
    const auto got = rating ? rating->decimal(member) : std::nullopt;
    if (got && got == parse_decimal(parameter)) return std::nullopt;
    return fmt::format("Its {} must be {}.", member, parameter);
}

}  // namespace

Fault check_domains(const ScalarType& /*type*/, std::string_view parameter) {
    const auto document = parse_json(parameter);
    const json::Array* domains = document ? document->array() : nullptr;
    if (domains == nullptr || domains->empty() || domains->size() > max_choices) {
        return fmt::format("The rule's value must be a JSON array of 1 to {} domains.",
                           max_choices);
    }
    const auto usable = [](const json::Value& domain) {
        return domain.string() != nullptr && is_host(*domain.string());
    };
    if (std::ranges::all_of(*domains, usable)) return std::nullopt;
    return "Every domain must be a host name alone, such as shop.example.com.";
}

Fault enforce_domains(const ScalarType& type, std::string_view parameter,
                      std::string_view canonical) {
    const auto link = type.category == Category::LINK ? ObjectValue::parse(canonical)
                                                      : std::optional<ObjectValue>();
    const std::string_view host = host_of(link ? link->text("url").value_or("") : canonical);
    const json::Value* setting = parse_setting(parameter);
    const json::Array* domains = setting != nullptr ? setting->array() : nullptr;
    if (domains != nullptr) {
        const auto matches = [&](const json::Value& domain) {
            return domain.string() != nullptr && equal_ascii_case(*domain.string(), host);
        };
        if (std::ranges::any_of(*domains, matches)) return std::nullopt;
    }
    return fmt::format("Value must be an address at one of {}.", minify(parameter));
}

Fault check_scale(const ScalarType& /*type*/, std::string_view parameter) {
    const auto bound = parse_decimal(parameter);
    if (bound && bound->whole.size() <= max_decimal_whole_digits &&
        bound->fraction.size() <= max_decimal_places) {
        return std::nullopt;
    }
    return "The rule's value must be a decimal number, such as 1.0.";
}

Fault enforce_scale_min(const ScalarType& /*type*/, std::string_view parameter,
                        std::string_view canonical) {
    return enforce_scale("scale_min", parameter, canonical);
}

Fault enforce_scale_max(const ScalarType& /*type*/, std::string_view parameter,
                        std::string_view canonical) {
    return enforce_scale("scale_max", parameter, canonical);
}

Fault check_schema(const ScalarType& /*type*/, std::string_view parameter) {
    const auto schema = parse_json(parameter);
    if (!schema) return "The rule's value must be a JSON Schema.";
    return find_schema_fault(*schema);
}

Fault enforce_schema(const ScalarType& /*type*/, std::string_view parameter,
                     std::string_view canonical) {
    const json::Value* schema = parse_setting(parameter);
    const auto document = parse_json(canonical);
    if (schema == nullptr || !document) return "Value can't be checked against its schema.";
    return find_schema_violation(*schema, *document);
}

}  // namespace latchkey::metafields
