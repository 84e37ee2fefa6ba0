// What only `unstable` has: digests, times, values as JSON, and removing several at once.

#include "api/custom_data.hpp"
#include "api/users/context.hpp"
#include "api/users/resolvers.hpp"
#include "base/time/iso_time.hpp"
#include "json/writer.hpp"
#include "metafields/change.hpp"
#include "metafields/types/type.hpp"

namespace latchkey::api::users {
namespace {

using graphql::Call;
using graphql::Value;
using store::DefinedValue;

/// Behind MetafieldsDeletePayload.
struct DeletePayload {
    std::optional<std::vector<std::optional<DefinedValue>>> deleted;
    metafields::Problems problems;
};

Result<Value> resolve_json(const DefinedValue& value) {
    const auto type = metafields::find_type(value.definition.type);
    if (!type) {
        return fail(ErrorCode::internal, "The definition's type is not one this server knows.",
                    value.definition.type);
    }
    return Value::owned(metafields::json_form(*type, value.value.value));
}

Result<Value> delete_metafields(Call& call) {
    const auto& request = call.context<RequestContext>();
    const metafields::Owner owner = TRY(get_owner(request));
    const auto named = read_identifiers(call.argument("identifiers"));
    auto outcome = TRY(metafields::change_in(request.store.group(), [&](auto& tx) {
        return metafields::delete_metafields(tx, owner, named, request.now);
    }));
    DeletePayload payload;
    if (outcome.problems.empty()) payload.deleted = std::move(outcome.deleted);
    payload.problems = under_argument("identifiers", std::move(outcome.problems));
    return Value::make_object(std::move(payload));
}

/// A scalar that never comes in, and that resolvers return in its written form.
graphql::ScalarFunctions output_scalar(void (*append)(std::string& out, std::string_view text)) {
    return {.parse = [](const json::Value& value) -> Result<json::Value> { return value; },
            .serialise = [append](const Value& value, std::string& out) -> Result<void> {
                const auto* text = std::get_if<std::string>(&value.data());
                if (text == nullptr) {
                    return fail(ErrorCode::internal, "Internal error.", "not a scalar's text");
                }
                append(out, *text);
                return {};
            }};
}

}  // namespace

void add_unstable_metafields(graphql::Resolvers& resolvers) {
    resolvers.scalar("DateTime", output_scalar(json::append_string));
    resolvers.scalar("JSON",
                     output_scalar([](std::string& out, std::string_view text) { out += text; }));
    resolvers.root("Mutation").field("metafieldsDelete", delete_metafields);
    resolvers.object<DefinedValue>("Metafield")
        .field("compareDigest",
               [](const DefinedValue& value) {
                   return Value::owned(metafields::value_digest(value.value.value));
               })
        .field("createdAt",
               [](const DefinedValue& value) {
                   return Value::owned(iso_time(value.value.created_at));
               })
        .field("jsonValue", resolve_json)
        .field("updatedAt", [](const DefinedValue& value) {
            return Value::owned(iso_time(value.value.updated_at));
        });
    resolvers.object<DeletePayload>("MetafieldsDeletePayload")
        .field("deletedMetafields", &DeletePayload::deleted)
        .field("userErrors", &DeletePayload::problems);
}

}  // namespace latchkey::api::users
