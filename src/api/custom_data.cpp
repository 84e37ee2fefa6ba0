#include "api/custom_data.hpp"

#include "api/access.hpp"
#include "api/pagination.hpp"
#include "base/text/text.hpp"
#include "metafields/types/type.hpp"
#include "model/records.hpp"

namespace latchkey::api {
namespace {

using graphql::Value;

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

/// The grants, for apps with ADMIN: whom somebody else shares with is nobody's business.
Result<Value> resolve_access(const MetafieldDefinitionRecord& definition,
                             const CustomDataView& view) {
    return view.store.read([&](database::ReadTransaction& tx) -> Result<Value> {
        metafields::Viewer viewer(tx, view.client_id);
        const auto grants = TRY(metafields::list_access(viewer, definition));
        if (!grants) return Value();
        CustomDataAccess access = TRY(make_access(tx, *grants));
        return Value::make_object(std::move(access));
    });
}

void add_definition(graphql::Resolvers& resolvers, FindView find_view) {
    resolvers.object<MetafieldDefinitionRecord>("MetafieldDefinition")
        .field("access",
               [find_view](const MetafieldDefinitionRecord& definition, graphql::Call& call) {
                   return resolve_access(definition, find_view(call));
               })
        .field("description", &MetafieldDefinitionRecord::description)
        .field("key", &MetafieldDefinitionRecord::key)
        .field("name", &MetafieldDefinitionRecord::name)
        .field("namespace", resolve_namespace)
        .field("type", resolve_type)
        .field("uuid",
               [](const MetafieldDefinitionRecord& definition) {
                   return Value::owned(uuid_text(definition.id.text()));
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

std::string uuid_text(std::string_view hex_digits) {
    std::string text(hex_digits);
    for (const std::size_t position : {20UL, 16UL, 12UL, 8UL}) text.insert(position, 1, '-');
    return text;
}

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

void add_custom_data(graphql::Resolvers& resolvers, FindView find_view) {
    add_page_info(resolvers);
    add_access(resolvers);
    add_definition(resolvers, find_view);
    resolvers.object<metafields::Problem>("UserError")
        .field("field", &metafields::Problem::field)
        .field("message", &metafields::Problem::message);
}

}  // namespace latchkey::api
