#include "metafields/definitions.hpp"

#include "api/access.hpp"
#include "api/custom_data.hpp"
#include "api/pagination.hpp"
#include "api/partners/context.hpp"
#include "api/partners/resolvers.hpp"
#include "metafields/change.hpp"

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

/// Behind MetafieldDefinitionUpdatePayload.
struct UpdatePayload {
    std::optional<MetafieldDefinitionRecord> updated;
    metafields::Problems problems;
};

/// Behind MetafieldDefinitionDeletePayload.
struct DeletePayload {
    std::optional<MetafieldDefinitionRecord> deleted;
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
            .validations = read_validations(input.field("validations")),
            .access = read_access(input.field("access"))};
}

metafields::DefinitionChange read_change(const Input& input) {
    using Text = std::optional<std::string_view>;
    metafields::DefinitionChange change{.identifier = read_identifier(input.field("identifier")),
                                        .key = input.field("key").as<Text>(),
                                        .name = input.field("name").as<Text>(),
                                        .description = input.field("description").as<Text>(),
                                        .validations = std::nullopt,
                                        .access = read_access(input.field("access"))};
    const Input validations = input.field("validations");
    if (!validations.is_null()) change.validations = read_validations(validations);
    return change;
}

Result<Value> resolve_definition(Call& call) {
    const auto& request = call.context<RequestContext>();
    const auto identifier = read_identifier(call.argument("identifier"));
    auto definition = TRY(request.store.read(
        [&](auto& tx) { return metafields::find_definition(tx, request.client->id, identifier); }));
    if (!definition) return Value();
    return Value::make_object(std::move(*definition));
}

Result<Value> resolve_definitions(Call& call) {
    const auto& request = call.context<RequestContext>();
    const store::Page page = TRY(read_page(call));
    const auto identifiers = read_identifiers(call.argument("identifiers"));
    auto slice = TRY(request.store.read([&](auto& tx) {
        return metafields::list_definitions(tx, request.client->id, identifiers, page);
    }));
    return Value::make_object(make_connection(std::move(slice)));
}

Result<Value> create_definition(Call& call) {
    const auto& request = call.context<RequestContext>();
    const auto wanted = read_definition(call.argument("definition"));
    auto outcome = TRY(metafields::change_in(request.store.group(), [&](auto& tx) {
        return metafields::define_metafield(tx, request.random, caller_of(request), wanted,
                                            request.now);
    }));
    return Value::make_object(CreatePayload{
        std::move(outcome.definition), under_argument("definition", std::move(outcome.problems))});
}

Result<Value> update_definition(Call& call) {
    const auto& request = call.context<RequestContext>();
    const auto wanted = read_change(call.argument("definition"));
    auto outcome = TRY(metafields::change_in(request.store.group(), [&](auto& tx) {
        return metafields::change_definition(tx, caller_of(request), wanted, request.now);
    }));
    return Value::make_object(UpdatePayload{
        std::move(outcome.definition), under_argument("definition", std::move(outcome.problems))});
}

Result<Value> delete_definition(Call& call) {
    const auto& request = call.context<RequestContext>();
    const auto identifier = read_identifier(call.argument("identifier"));
    auto outcome = TRY(metafields::change_in(request.store.group(), [&](auto& tx) {
        return metafields::delete_definition(tx, caller_of(request), identifier);
    }));
    return Value::make_object(DeletePayload{
        std::move(outcome.definition), under_argument("identifier", std::move(outcome.problems))});
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
        .field("metafieldDefinitionDelete", delete_definition)
        .field("metafieldDefinitionUpdate", update_definition)
        .field("standardMetafieldDefinitionEnable", enable_standard_definition);
    add_connection<MetafieldDefinitionRecord>(
        resolvers,
        {.connection = "MetafieldDefinitionConnection", .edge = "MetafieldDefinitionEdge"});
    resolvers.object<CreatePayload>("MetafieldDefinitionCreatePayload")
        .field("createdDefinition", &CreatePayload::created)
        .field("userErrors", &CreatePayload::problems);
    resolvers.object<UpdatePayload>("MetafieldDefinitionUpdatePayload")
        .field("updatedDefinition", &UpdatePayload::updated)
        .field("userErrors", &UpdatePayload::problems);
    resolvers.object<DeletePayload>("MetafieldDefinitionDeletePayload")
        .field("deletedDefinition", &DeletePayload::deleted)
        .field("userErrors", &DeletePayload::problems);
    resolvers.object<EnablePayload>("StandardMetafieldDefinitionEnablePayload")
        .field("userErrors", &EnablePayload::problems);
}

}  // namespace latchkey::api::partners
