#include "metafields/definitions.hpp"

#include "api/custom_data.hpp"
#include "api/pagination.hpp"
#include "api/partners/context.hpp"
#include "api/partners/resolvers.hpp"

namespace latchkey::api::partners {
namespace {

using graphql::Call;
using graphql::Input;
using graphql::Value;
using metafields::Problem;

/// Behind MetafieldDefinitionCreatePayload.
struct CreatePayload {
    std::optional<MetafieldDefinitionRecord> created;
    metafields::Problems problems;
};

/// Behind StandardMetafieldDefinitionEnablePayload.
struct EnablePayload {
    metafields::Problems problems;
};

std::vector<MetafieldValidation> read_validations(const Input& input) {
    std::vector<MetafieldValidation> validations;
    for (std::size_t i = 0; i < input.size(); ++i) {
        const Input item = input.item(i);
        validations.push_back({.name = std::string(item.field("name").as<std::string_view>()),
                               .value = std::string(item.field("value").as<std::string_view>())});
    }
    return validations;
}

metafields::NewDefinition read_definition(const Input& input) {
    return {.identifier = read_identifier(input),
            .name = input.field("name").as<std::string_view>(),
            .description = input.field("description").as<std::string_view>(),
            .type = input.field("type").as<std::string_view>(),
            .validations = read_validations(input.field("validations"))};
}

Result<Value> resolve_definition(Call& call) {
    const auto& request = call.context<RequestContext>();
    const auto tx = TRY(request.services.database.read());
    auto definition = TRY(metafields::find_definition(
        *tx, request.client.id, read_identifier(call.argument("identifier"))));
    if (!definition) return Value();
    return Value::make_object(std::move(*definition));
}

Result<Value> resolve_definitions(Call& call) {
    const auto& request = call.context<RequestContext>();
    const store::Page page = TRY(read_page(call));
    const auto identifiers = read_identifiers(call.argument("identifiers"));
    const auto tx = TRY(request.services.database.read());
    auto slice = TRY(metafields::list_definitions(*tx, request.client.id, identifiers, page));
    return Value::make_object(make_connection(std::move(slice)));
}

Result<Value> create_definition(Call& call) {
    const auto& request = call.context<RequestContext>();
    const Input input = call.argument("definition");
    if (!input.field("access").is_null()) {
        Problem problem{{"definition", "access"},
                        "Definitions can't be shared with other apps on this server."};
        return Value::make_object(CreatePayload{std::nullopt, {std::move(problem)}});
    }
    auto outcome =
        TRY(metafields::define_metafield(request.services.database, request.services.random,
                                         request.client.id, read_definition(input), request.now));
    return Value::make_object(CreatePayload{
        std::move(outcome.definition), under_argument("definition", std::move(outcome.problems))});
}

Value enable_standard_definition() {
    Problem problem{{"key"}, "This server offers no standard metafield definitions."};
    return Value::make_object(EnablePayload{{std::move(problem)}});
}

}  // namespace

void add_metafield_definitions(graphql::Resolvers& resolvers) {
    resolvers.root("Query")
        .field("metafieldDefinition", resolve_definition)
        .field("metafieldDefinitions", resolve_definitions);
    resolvers.root("Mutation")
        .field("metafieldDefinitionCreate", create_definition)
        .field("standardMetafieldDefinitionEnable", enable_standard_definition);
    add_connection<MetafieldDefinitionRecord>(
        resolvers,
        {.connection = "MetafieldDefinitionConnection", .edge = "MetafieldDefinitionEdge"});
    resolvers.object<CreatePayload>("MetafieldDefinitionCreatePayload")
        .field("createdDefinition", &CreatePayload::created)
        .field("userErrors", &CreatePayload::problems);
    resolvers.object<EnablePayload>("StandardMetafieldDefinitionEnablePayload")
        .field("userErrors", &EnablePayload::problems);
}

}  // namespace latchkey::api::partners
