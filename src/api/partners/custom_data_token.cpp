#include "grants/custom_data_token.hpp"

#include "api/partners/context.hpp"
#include "api/partners/resolvers.hpp"
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

/// A field that is null unless tokens were issued.
template <class Read>
auto when_issued(Read read) {
    return [read](const CustomDataTokenPayload& payload) {
        return payload.tokens ? read(*payload.tokens) : Value();
    };
}

}  // namespace

void add_custom_data_token(graphql::Resolvers& resolvers) {
    resolvers.root("Mutation").field("fetchCustomDataTokenForUser", fetch_custom_data_token);
    resolvers.object<CustomDataTokenPayload>("FetchCustomDataTokenForUserPayload")
        .field("accessToken", when_issued([](const Tokens& tokens) {
                   return Value::text(tokens.access_token.reveal());
               }))
        .field("expiresIn", when_issued([](const Tokens& tokens) {
                   return Value::integer(tokens.expires_in.count());
               }))
        .field("refreshToken", when_issued([](const Tokens& tokens) {
                   return Value::text(tokens.refresh_token.reveal());
               }))
        .field("tokenType", when_issued([](const Tokens&) { return Value::text("Bearer"); }))
        .field("userErrors", &CustomDataTokenPayload::problems);
}

}  // namespace latchkey::api::partners
