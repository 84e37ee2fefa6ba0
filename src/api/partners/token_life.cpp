// refreshTokens and revokeConnection: the life of tokens after the exchange, in `unstable`.

#include <optional>
#include <string>
#include <vector>

#include "api/partners/context.hpp"
#include "api/partners/resolvers.hpp"
#include "api/partners/token_fields.hpp"
#include "database/run_write.hpp"
#include "grants/connections.hpp"
#include "grants/refresh.hpp"
#include "realm/public_ids.hpp"
#include "store/connections.hpp"

namespace latchkey::api::partners {
namespace {

using grants::Tokens;
using graphql::Call;
using graphql::Value;

/// Behind TokenUserError. The code is as on the wire.
struct TokenUserError {
    Literal code;
    Literal field;
    Literal message;
};

struct RefreshTokensPayload {
    std::optional<Tokens> tokens;
    std::string scope;  // their scopes, if asked for
    std::vector<TokenUserError> errors;
};

struct RevokeConnectionPayload {
    std::optional<bool> revoked;
    std::vector<TokenUserError> errors;
};

Result<Value> refresh_tokens(Call& call) {
    const auto& request = call.context<RequestContext>();
    const grants::RefreshRequest refresh{
        .refresh_token = call.argument<std::string_view>("refreshToken"),
        .scope = call.argument<std::optional<std::string_view>>("scope"),
        .idempotency_key = request.idempotency_key};
    auto tokens = database::write_in(request.store.group(), [&](database::WriteTransaction& tx) {
        return grants::refresh_tokens(request.act(), tx, *request.client, refresh);
    });
    RefreshTokensPayload payload;
    if (tokens) {
        payload.tokens = std::move(*tokens);
        if (call.selects("scope")) {
            payload.scope = request.realm.scopes.text(payload.tokens->scopes);
        }
        return Value::make_object(std::move(payload));
    }
    const oauth::Refusal* refusal = tokens.error().refusal();
    if (refusal == nullptr) return Failure(*tokens.error().error());
    if (refusal->error == oauth::Error::invalid_scope) {
        payload.errors.push_back({"INVALID_SCOPE", "scope", refusal->description});
    } else {
        payload.errors.push_back({"INVALID_TOKEN", "refreshToken", refusal->description});
    }
    return Value::make_object(std::move(payload));
}

Result<Value> revoke_connection(Call& call) {
    const auto& request = call.context<RequestContext>();
    const auto user_id = request.realm.public_ids.find_user(
        request.client->id, call.argument<std::string_view>("publicId"));
    RevokeConnectionPayload payload;
    const auto is_known = [&](database::ReadTransaction& tx) -> Result<bool> {
        if (!user_id) return false;
        const auto connection = TRY(store::find_connection(tx, *user_id, request.client->id));
        return connection.has_value();
    };
    const bool known = TRY(request.store.read(is_known));
    if (!known) {
        payload.errors.push_back({"NO_USER", "publicId", "No user was found for this publicId"});
        return Value::make_object(std::move(payload));
    }
    const auto outcome =
        TRY(database::write_in(request.store.group(), [&](database::WriteTransaction& tx) {
            return grants::revoke_connection(request.act(), tx, {*user_id, request.client->id});
        }));
    payload.revoked = outcome == grants::RevokeOutcome::revoked;
    return Value::make_object(std::move(payload));
}

void add_refresh(graphql::Resolvers& resolvers) {
    resolvers.root("Mutation").field("refreshTokens", refresh_tokens);
    auto fields = resolvers.object<RefreshTokensPayload>("RefreshTokensPayload");
    add_token_fields(fields);
    fields
        .field("scope",
               [](const RefreshTokensPayload& payload) {
                   return payload.tokens ? Value::text(payload.scope) : Value();
               })
        .field("userErrors", &RefreshTokensPayload::errors);
}

}  // namespace

void add_token_life(graphql::Resolvers& resolvers) {
    add_refresh(resolvers);
    resolvers.root("Mutation").field("revokeConnection", revoke_connection);
    resolvers.object<RevokeConnectionPayload>("RevokeConnectionPayload")
        .field("revoked", &RevokeConnectionPayload::revoked)
        .field("userErrors", &RevokeConnectionPayload::errors);
    resolvers.object<TokenUserError>("TokenUserError")
        .field("code", [](const TokenUserError& error) { return Value::text(error.code.view()); })
        .field("field",
               [](const TokenUserError& error) {
                   return Value::list({Value::text(error.field.view())});
               })
        .field("message",
               [](const TokenUserError& error) { return Value::text(error.message.view()); });
}

}  // namespace latchkey::api::partners
