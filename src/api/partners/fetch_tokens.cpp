#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/partners/context.hpp"
#include "api/partners/resolvers.hpp"
#include "api/partners/token_fields.hpp"
#include "api/user_profile.hpp"
#include "database/run_write.hpp"
#include "grants/exchange.hpp"

namespace latchkey::api::partners {
namespace {

using graphql::Call;
using graphql::Value;

/// Behind FetchTokensForUserUserError. Code and field are as on the wire.
struct Refusal {
    Literal code;
    Literal field;
    Literal message;
};

Refusal in_words(grants::ExchangeRefusal refusal) {
    using enum grants::ExchangeRefusal;
    switch (refusal) {
        case exactly_one:
            return {"INVALID_TOKEN", "consentToken",
                    "Exactly one of consentToken or publicId must be provided"};
        case bad_consent_token:
            return {"INVALID_TOKEN", "consentToken", "The consent token is not valid"};
        case no_user: return {"NO_USER", "publicId", "No user was found for this publicId"};
        case no_consent:
            return {"NO_CONSENT", "publicId", "The user has not consented to this app"};
    }
    return {"INVALID_TOKEN", "consentToken", "The consent token is not valid"};
}

/// Behind FetchTokensForUserPayload: either tokens and a user, or refusals.
struct FetchTokensPayload {
    std::optional<grants::Tokens> tokens;
    std::string scope;  // their scopes, if asked for
    std::optional<UserView> user;
    std::vector<Refusal> refusals;
};

Result<Value> fetch_tokens_for_user(Call& call) {
    const auto& request = call.context<RequestContext>();
    const grants::ExchangeRequest exchange{
        .consent_token = call.argument<std::optional<std::string_view>>("consentToken"),
        .public_id = call.argument<std::optional<std::string_view>>("publicId"),
        .idempotency_key = request.idempotency_key};
    auto tokens = database::write_in(request.store.group(), [&](database::WriteTransaction& tx) {
        return grants::fetch_tokens_for_user(request.act(), tx, *request.client, exchange);
    });
    FetchTokensPayload payload;
    if (!tokens) {
        const auto* refusal = tokens.error().refusal();
        if (refusal == nullptr) return Failure(*tokens.error().error());
        payload.refusals.push_back(in_words(*refusal));
        return Value::make_object(std::move(payload));
    }
    payload.tokens = std::move(*tokens);
    if (call.selects("scope")) {
        payload.scope = request.realm.scopes.text(payload.tokens->scopes);
    }
    if (call.selects("user")) {
        UserAccess access{.user = *payload.tokens->user,
                          .sub = payload.tokens->public_id,
                          .scopes = payload.tokens->scopes};
        payload.user = TRY(make_user_view(request.realm, std::move(access), call, "user"));
    }
    return Value::make_object(std::move(payload));
}

using grants::Tokens;

void add_payload(graphql::Resolvers& resolvers) {
    auto fields = resolvers.object<FetchTokensPayload>("FetchTokensForUserPayload");
    add_token_fields(fields);
    fields
        .field("publicId", when_issued<FetchTokensPayload>(
                               [](const Tokens& tokens) { return Value::text(tokens.public_id); }))
        .field("scope",
               [](const FetchTokensPayload& payload) {
                   return payload.tokens ? Value::text(payload.scope) : Value();
               })
        .field("user", &FetchTokensPayload::user)
        .field("userErrors", &FetchTokensPayload::refusals);
}

}  // namespace

void add_fetch_tokens(graphql::Resolvers& resolvers) {
    resolvers.root("Mutation").field("fetchTokensForUser", fetch_tokens_for_user);
    add_payload(resolvers);
    resolvers.object<Refusal>("FetchTokensForUserUserError")
        .field("code", [](const Refusal& refusal) { return Value::text(refusal.code.view()); })
        .field(
            "field",
            [](const Refusal& refusal) { return Value::list({Value::text(refusal.field.view())}); })
        .field("message",
               [](const Refusal& refusal) { return Value::text(refusal.message.view()); });
}

}  // namespace latchkey::api::partners
