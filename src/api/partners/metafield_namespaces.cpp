#include "metafields/namespaces.hpp"

#include "api/access.hpp"
#include "api/custom_data.hpp"
#include "api/partners/context.hpp"
#include "api/partners/resolvers.hpp"
#include "metafields/change.hpp"

namespace latchkey::api::partners {
namespace {

using graphql::Call;
using graphql::Input;
using graphql::Value;
using metafields::SeenNamespace;

/// Behind the payloads of the three mutations; the tag tells their types apart.
template <class Tag>
struct Payload {
    std::optional<SeenNamespace> name_space;
    metafields::Problems problems;
};
using CreatePayload = Payload<struct CreateTag>;
using UpdatePayload = Payload<struct UpdateTag>;
using DeletePayload = Payload<struct DeleteTag>;

metafields::NewNamespace read_namespace(const Input& input) {
    return {.identifier = read_identifier(input),
            .name = input.field("name").as<std::string_view>(),
            .description = input.field("description").as<std::string_view>(),
            .access = read_access(input.field("access"))};
}

metafields::NamespaceChange read_change(const Input& input) {
    using Text = std::optional<std::string_view>;
    return {.identifier = read_identifier(input.field("identifier")),
            .key = input.field("key").as<Text>(),
            .name = input.field("name").as<Text>(),
            .description = input.field("description").as<Text>(),
            .access = read_access(input.field("access"))};
}

template <class Made>
Value make_payload(std::string_view argument, metafields::NamespaceOutcome outcome) {
    return Value::make_object(
        Made{std::move(outcome.name_space), under_argument(argument, std::move(outcome.problems))});
}

Result<Value> create_namespace(Call& call) {
    const auto& request = call.context<RequestContext>();
    const auto wanted = read_namespace(call.argument("namespace"));
    auto outcome = TRY(metafields::change_in(request.store.group(), [&](auto& tx) {
        return metafields::create_namespace(tx, request.random, caller_of(request), wanted,
                                            request.now);
    }));
    return make_payload<CreatePayload>("namespace", std::move(outcome));
}

Result<Value> update_namespace(Call& call) {
    const auto& request = call.context<RequestContext>();
    const auto wanted = read_change(call.argument("namespace"));
    auto outcome = TRY(metafields::change_in(request.store.group(), [&](auto& tx) {
        return metafields::update_namespace(tx, caller_of(request), wanted, request.now);
    }));
    return make_payload<UpdatePayload>("namespace", std::move(outcome));
}

Result<Value> delete_namespace(Call& call) {
    const auto& request = call.context<RequestContext>();
    const auto identifier = read_identifier(call.argument("identifier"));
    auto outcome = TRY(metafields::change_in(request.store.group(), [&](auto& tx) {
        return metafields::delete_namespace(tx, caller_of(request), identifier);
    }));
    return make_payload<DeletePayload>("identifier", std::move(outcome));
}

Result<Value> resolve_access(const SeenNamespace& seen, Call& call) {
    const auto& request = call.context<RequestContext>();
    return request.store.read([&](database::ReadTransaction& tx) -> Result<Value> {
        metafields::Viewer viewer(tx, request.client->id);
        const auto grants = TRY(metafields::list_access(viewer, seen.record));
        if (!grants) return Value();
        CustomDataAccess access = TRY(make_access(tx, *grants));
        return Value::make_object(std::move(access));
    });
}

void add_namespace(graphql::Resolvers& resolvers) {
    resolvers.object<SeenNamespace>("MetafieldNamespace")
        .field("access", resolve_access)
        .field("description",
               [](const SeenNamespace& seen) { return Value::text(seen.record.description); })
        .field("key", [](const SeenNamespace& seen) { return Value::text(seen.record.key); })
        .field("name", [](const SeenNamespace& seen) { return Value::text(seen.record.name); })
        .field("namespace", &SeenNamespace::parent_path)
        .field("uuid", [](const SeenNamespace& seen) {
            return Value::owned(uuid_text(seen.record.id.text()));
        });
}

}  // namespace

void add_metafield_namespaces(graphql::Resolvers& resolvers) {
    resolvers.root("Mutation")
        .field("metafieldNamespaceCreate", create_namespace)
        .field("metafieldNamespaceDelete", delete_namespace)
        .field("metafieldNamespaceUpdate", update_namespace);
    add_namespace(resolvers);
    resolvers.object<CreatePayload>("MetafieldNamespaceCreatePayload")
        .field("createdNamespace", &CreatePayload::name_space)
        .field("userErrors", &CreatePayload::problems);
    resolvers.object<UpdatePayload>("MetafieldNamespaceUpdatePayload")
        .field("updatedNamespace", &UpdatePayload::name_space)
        .field("userErrors", &UpdatePayload::problems);
    resolvers.object<DeletePayload>("MetafieldNamespaceDeletePayload")
        .field("deletedNamespace", &DeletePayload::name_space)
        .field("userErrors", &DeletePayload::problems);
}

}  // namespace latchkey::api::partners
