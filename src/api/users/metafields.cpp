#include "api/custom_data.hpp"
#include "api/pagination.hpp"
#include "api/users/context.hpp"
#include "api/users/resolvers.hpp"
#include "metafields/change.hpp"
#include "metafields/values.hpp"
#include "realm/public_ids.hpp"

namespace latchkey::api::users {
namespace {

using graphql::Call;
using graphql::Value;
using store::DefinedValue;

/// Behind MetafieldsSetPayload. `values` is absent when there are problems.
struct SetPayload {
    std::optional<std::vector<DefinedValue>> values;
    metafields::Problems problems;
};

/// Behind MetafieldDeletePayload.
struct DeletePayload {
    std::optional<DefinedValue> deleted;
    metafields::Problems problems;
};

Result<Value> resolve_metafield(Call& call) {
    const auto& request = call.context<RequestContext>();
    const metafields::Owner owner = TRY(get_owner(request));
    const auto identifier = read_identifier(call.argument("identifier"));
    auto value = TRY(request.store.read(
        [&](auto& tx) { return metafields::find_value(tx, owner, identifier); }));
    if (!value) return Value();
    return Value::make_object(std::move(*value));
}

Result<Value> resolve_metafields(Call& call) {
    const auto& request = call.context<RequestContext>();
    const metafields::Owner owner = TRY(get_owner(request));
    const store::Page page = TRY(read_page(call));
    const auto identifiers = read_identifiers(call.argument("identifiers"));
    auto slice = TRY(request.store.read(
        [&](auto& tx) { return metafields::list_values(tx, owner, identifiers, page); }));
    return Value::make_object(make_connection(std::move(slice)));
}

/// `latest` has no compareDigest, so that it is never given there.
metafields::NewValue read_value(const graphql::Input& input) {
    metafields::NewValue value{.identifier = read_identifier(input.field("identifier")),
                               .value = input.field("value").as<std::string_view>()};
    const graphql::Input digest = input.field("compareDigest");
    if (digest.is_given()) value.compare_digest = digest.as<std::optional<std::string_view>>();
    return value;
}

Result<Value> set_metafields(Call& call) {
    const auto& request = call.context<RequestContext>();
    const metafields::Owner owner = TRY(get_owner(request));
    const graphql::Input input = call.argument("metafields");
    std::vector<metafields::NewValue> wanted;
    wanted.reserve(input.size());
    for (std::size_t i = 0; i < input.size(); ++i) wanted.push_back(read_value(input.item(i)));
    auto outcome = TRY(metafields::change_in(request.store.group(), [&](auto& tx) {
        return metafields::set_metafields(tx, owner, wanted, request.now);
    }));
    SetPayload payload;
    if (outcome.problems.empty()) payload.values = std::move(outcome.values);
    payload.problems = under_argument("metafields", std::move(outcome.problems));
    return Value::make_object(std::move(payload));
}

Result<Value> delete_metafield(Call& call) {
    const auto& request = call.context<RequestContext>();
    const metafields::Owner owner = TRY(get_owner(request));
    const std::vector named{read_identifier(call.argument("identifier"))};
    auto outcome = TRY(metafields::change_in(request.store.group(), [&](auto& tx) {
        return metafields::delete_metafields(tx, owner, named, request.now);
    }));
    DeletePayload payload;
    if (!outcome.deleted.empty()) payload.deleted = std::move(outcome.deleted.front());
    for (metafields::Problem& problem : outcome.problems) problem.field.front() = "identifier";
    payload.problems = std::move(outcome.problems);
    return Value::make_object(std::move(payload));
}

/// The ecosystem's form of a global ID, with the public ID: it means nothing to another app.
Value resolve_owner_id(const DefinedValue& value, Call& call) {
    const auto& request = call.context<RequestContext>();
    return Value::owned(
        "gid://shopapp/ShopUser/" +
        request.realm.public_ids.public_id(request.access.token.client_id, value.value.user_id));
}

}  // namespace

void add_metafields(graphql::Resolvers& resolvers) {
    resolvers.root("Query")
        .field("metafield", resolve_metafield)
        .field("metafields", resolve_metafields);
    resolvers.root("Mutation")
        .field("metafieldsSet", set_metafields)
        .field("metafieldDelete", delete_metafield);
    add_connection<DefinedValue>(resolvers,
                                 {.connection = "MetafieldConnection", .edge = "MetafieldEdge"});
    resolvers.object<DefinedValue>("Metafield")
        .field("definition", &DefinedValue::definition)
        .field("ownerId", resolve_owner_id)
        .field("ownerType", [] { return Value::text("SHOP_USER"); })
        .field("value", [](const DefinedValue& value) { return Value::text(value.value.value); });
    resolvers.object<SetPayload>("MetafieldsSetPayload")
        .field("metafields", &SetPayload::values)
        .field("userErrors", &SetPayload::problems);
    resolvers.object<DeletePayload>("MetafieldDeletePayload")
        .field("deletedMetafield", &DeletePayload::deleted)
        .field("userErrors", &DeletePayload::problems);
}

}  // namespace latchkey::api::users
