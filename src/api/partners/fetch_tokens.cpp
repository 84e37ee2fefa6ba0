#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "api/partners/context.hpp"
#include "api/partners/resolvers.hpp"
#include "api/user_profile.hpp"
#include "audit/audit.hpp"
#include "grants/exchange.hpp"

namespace latchkey::api::partners {
namespace {

using graphql::Call;
using graphql::Value;

/// Behind FetchTokensForUserPayload: either tokens and a user, or refusals.
struct FetchTokensPayload {
    std::optional<grants::IssuedTokens> tokens;
    std::string scope;  // their scopes, if asked for
    std::optional<UserView> user;
    std::vector<grants::Refusal> refusals;
};

std::string_view to_string(grants::RefusalCode code) noexcept {
    switch (code) {
        case grants::RefusalCode::INVALID_TOKEN: return "INVALID_TOKEN";
        case grants::RefusalCode::NO_CONSENT: return "NO_CONSENT";
        case grants::RefusalCode::NO_USER: return "NO_USER";
    }
    return "";
}

std::string_view to_string(grants::RefusalField field) noexcept {
    switch (field) {
        case grants::RefusalField::consentToken: return "consentToken";
        case grants::RefusalField::publicId: return "publicId";
    }
    return "";
}

Result<Value> fetch_tokens_for_user(Call& call) {
    const auto& request = call.context<RequestContext>();
    const grants::ExchangeRequest exchange{
        .consent_token = call.argument<std::optional<std::string_view>>("consentToken"),
        .public_id = call.argument<std::optional<std::string_view>>("publicId"),
        .idempotency_key = request.idempotency_key};
    const audit::Context audit{
        .actor = "client", .request_id = request.request_id, .origin = request.peer_address};
    auto outcome = TRY(grants::fetch_tokens_for_user(request.services, *request.client, exchange,
                                                     request.now, audit));
    FetchTokensPayload payload;
    if (const auto* refusal = std::get_if<grants::Refusal>(&outcome)) {
        payload.refusals.push_back(*refusal);
        return Value::make_object(std::move(payload));
    }
    payload.tokens = std::get<grants::IssuedTokens>(std::move(outcome));
    if (call.selects("scope")) {
        payload.scope = request.services.realm.scopes.text(payload.tokens->scopes);
    }
    if (call.selects("user")) {
        UserAccess access{.user = payload.tokens->user,
                          .sub = payload.tokens->public_id,
                          .scopes = payload.tokens->scopes};
        payload.user = TRY(make_user_view(request.services, std::move(access), call, "user"));
    }
    return Value::make_object(std::move(payload));
}

/// A field that is null unless tokens were issued.
template <class Read>
auto when_issued(Read read) {
    return [read](const FetchTokensPayload& payload) {
        return payload.tokens ? read(*payload.tokens) : Value();
    };
}

using grants::IssuedTokens;

void add_payload(graphql::Resolvers& resolvers) {
    resolvers.object<FetchTokensPayload>("FetchTokensForUserPayload")
        .field("accessToken", when_issued([](const IssuedTokens& tokens) {
                   return Value::text(tokens.access_token.reveal());
               }))
        .field("expiresIn", when_issued([](const IssuedTokens& tokens) {
                   return Value::integer(tokens.expires_in.count());
               }))
        .field("publicId", when_issued([](const IssuedTokens& tokens) {
                   return Value::text(tokens.public_id);
               }))
        .field("refreshToken", when_issued([](const IssuedTokens& tokens) {
                   return Value::text(tokens.refresh_token.reveal());
               }))
        .field("scope",
               [](const FetchTokensPayload& payload) {
                   return payload.tokens ? Value::text(payload.scope) : Value();
               })
        .field("tokenType", when_issued([](const IssuedTokens&) { return Value::text("Bearer"); }))
        .field("user", &FetchTokensPayload::user)
        .field("userErrors", &FetchTokensPayload::refusals);
}

}  // namespace

void add_fetch_tokens(graphql::Resolvers& resolvers) {
    resolvers.root("Mutation").field("fetchTokensForUser", fetch_tokens_for_user);
    add_payload(resolvers);
    resolvers.object<grants::Refusal>("FetchTokensForUserUserError")
        .field("code",
               [](const grants::Refusal& refusal) { return Value::text(to_string(refusal.code)); })
        .field("field",
               [](const grants::Refusal& refusal) {
                   return Value::list({Value::text(to_string(refusal.field))});
               })
        .field("message",
               [](const grants::Refusal& refusal) { return Value::text(refusal.message.view()); });
}

}  // namespace latchkey::api::partners
