#include "grants/custom_data_token.hpp"

#include "api/partners/context.hpp"
#include "api/partners/resolvers.hpp"
#include "api/partners/token_fields.hpp"
#include "database/run_write.hpp"
#include "metafields/problem.hpp"

namespace latchkey::api::partners {
namespace {

using grants::Tokens;
using graphql::Call;
using graphql::Value;

/// Behind FetchCustomDataTokenForUserPayload: tokens, or problems.
struct CustomDataTokenPayload {
    std::optional<Tokens> tokens;
    metafields::Problems problems;
};

Value refused(std::string_view field, std::string_view why) {
    return Value::make_object(
        CustomDataTokenPayload{std::nullopt, {{{std::string(field)}, std::string(why)}}});
}

Result<Value> fetch_custom_data_token(Call& call) {
    const auto& request = call.context<RequestContext>();
    if (call.argument<std::optional<std::string_view>>("through")) {
        return refused("through", "This argument is not available to your app.");
    }
    const grants::CustomDataRequest wanted{call.argument<std::string_view>("email"),
                                           request.idempotency_key};
    auto tokens = database::write_in(request.store.group(), [&](database::WriteTransaction& tx) {
        return grants::fetch_custom_data_tokens(request.act(), tx, *request.client, wanted);
    });
    if (tokens) return Value::make_object(CustomDataTokenPayload{std::move(*tokens), {}});
    if (const Error* error = tokens.error().error()) return Failure(*error);
    return refused("email", "No user of this address is connected to your app.");
}

}  // namespace

void add_custom_data_token(graphql::Resolvers& resolvers) {
    resolvers.root("Mutation").field("fetchCustomDataTokenForUser", fetch_custom_data_token);
    auto fields = resolvers.object<CustomDataTokenPayload>("FetchCustomDataTokenForUserPayload");
    add_token_fields(fields);
    fields.field("userErrors", &CustomDataTokenPayload::problems);
}

}  // namespace latchkey::api::partners
