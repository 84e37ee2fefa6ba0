#include "api/custom_data.hpp"

#include "api/access.hpp"
#include "api/pagination.hpp"
#include "base/text.hpp"
#include "metafields/type.hpp"
#include "model/records.hpp"

namespace latchkey::api {
namespace {

using graphql::Value;

/// RFC 9562 4: 8-4-4-4-12 hex digits.
std::string uuid_text(DefinitionId id) {
    std::string text = id.text();
    for (const std::size_t position : {20UL, 16UL, 12UL, 8UL}) text.insert(position, 1, '-');
    return text;
}

Result<Value> resolve_type(const MetafieldDefinitionRecord& definition) {
    const auto type = metafields::find_type(definition.type);
    if (!type) {
        return fail(ErrorCode::internal, "The definition's type is not one this server knows.",
                    definition.type);
    }
    return Value::make_object(metafields::Type(*type));
}

Value resolve_namespace(const MetafieldDefinitionRecord& definition) {
    if (!definition.name_space.empty()) return Value::text(definition.name_space);
    return Value::owned(metafields::reserved_namespace(definition.client_id));
}

void add_definition(graphql::Resolvers& resolvers) {
    resolvers.object<MetafieldDefinitionRecord>("MetafieldDefinition")
        .field("access", [] { return Value::make_object(Access{}); })
        .field("description", &MetafieldDefinitionRecord::description)
        .field("key", &MetafieldDefinitionRecord::key)
        .field("name", &MetafieldDefinitionRecord::name)
        .field("namespace", resolve_namespace)
        .field("type", resolve_type)
        .field("uuid",
               [](const MetafieldDefinitionRecord& definition) {
                   return Value::owned(uuid_text(definition.id));
               })
        .field("validations", [](const MetafieldDefinitionRecord& definition) {
            return Value::objects(definition.validations);
        });
    resolvers.object<metafields::Type>("MetafieldDefinitionType")
        .field("category",
               [](const metafields::Type& type) {
                   return Value::text(to_string(type.scalar->category));
               })
        .field("name", [](const metafields::Type& type) { return Value::owned(type.name()); });
    resolvers.object<MetafieldValidation>("CustomDataMetafieldDefinitionValidationType")
        .field("name", &MetafieldValidation::name)
        .field("value", &MetafieldValidation::value);
}

}  // namespace

metafields::Identifier read_identifier(const graphql::Input& input) {
    return {.key = input.field("key").as<std::string_view>(),
            .name_space = input.field("namespace").as<std::optional<std::string_view>>()};
}

std::vector<metafields::Identifier> read_identifiers(const graphql::Input& input) {
    std::vector<metafields::Identifier> identifiers;
    identifiers.reserve(input.size());
    for (std::size_t i = 0; i < input.size(); ++i) {
        identifiers.push_back(read_identifier(input.item(i)));
    }
    return identifiers;
}

metafields::Problems under_argument(std::string_view argument, metafields::Problems problems) {
    for (metafields::Problem& problem : problems) {
        problem.field.insert(problem.field.begin(), std::string(argument));
    }
    return problems;
}

void add_custom_data(graphql::Resolvers& resolvers) {
    add_page_info(resolvers);
    add_access(resolvers);
    add_definition(resolvers);
    resolvers.object<metafields::Problem>("UserError")
        .field("field", &metafields::Problem::field)
        .field("message", &metafields::Problem::message);
}

}  // namespace latchkey::api
