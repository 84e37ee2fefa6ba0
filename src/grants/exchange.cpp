#include "grants/exchange.hpp"

#include <utility>

#include "grants/common_scopes.hpp"
#include "grants/connect.hpp"
#include "grants/phases.hpp"
#include "realm/public_ids.hpp"
#include "store/connections.hpp"
#include "store/consent_ids.hpp"
#include "store/users.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::grants {
namespace {

std::unexpected<Refused<ExchangeRefusal>> refuse(ExchangeRefusal refusal) {
    return std::unexpected(Refused<ExchangeRefusal>(refusal));
}

using Decided = std::expected<Granted, Refused<ExchangeRefusal>>;

/// A refusal that must be remembered: what was written stays, with a line in the trail.
Decided refuse_for_good(const TokenCall& call, audit::Event event, UserId user_id) {
    TRY(realm::record(call.tx, call.act, event, {user_id, call.client.id}));
    TRY(call.tx.commit());
    return refuse(ExchangeRefusal::bad_consent_token);
}

Decided use_consent_token(const TokenCall& call, std::string_view text) {
    const auto verified =
        tokens::verify_consent_token(call.act.realm, call.client.id, text, call.act.now);
    if (!verified && verified.error().code != ErrorCode::invalid_token) {
        return Failure(verified.error());
    }
    if (!verified) return refuse(ExchangeRefusal::bad_consent_token);
    const tokens::ConsentToken& token = *verified;
    // The serialization point: of any number of requests with this token, one gets past here.
    const bool is_first = TRY(store::consume_consent_token(call.tx, token.jti, token.expires_at));
    if (!is_first) {
        return refuse_for_good(call, audit::Event::consent_token_replayed, token.user_id);
    }
    auto before = TRY(find_known_user(call, token.user_id));
    // A revocation after the person agreed withdraws this token too.
    if (!before ||
        tokens::connection_revocations(before->connection) != token.connection_revocations) {
        return refuse_for_good(call, audit::Event::consent_token_withdrawn, token.user_id);
    }

    // The app's registration may have shrunk since the person agreed.
    const ScopeSet scopes = token.scopes & call.act.realm.scopes.known(call.client.scopes);
    auto connected = TRY(connect(call, *before, scopes));
    return Granted{.connection = std::move(connected.connection),
                   .scopes = scopes,
                   .family = NewFamily{token.authentication},
                   .trail = connected.event,
                   .user = std::move(before->user)};
}

Decided use_public_id(const TokenCall& call, std::string_view text) {
    const auto user_id = call.act.realm.public_ids.find_user(call.client.id, text);
    if (!user_id) return refuse(ExchangeRefusal::no_user);
    auto connected = TRY(store::find_connected_user(call.tx, *user_id, call.client.id));
    if (!connected) {
        const auto user = TRY(store::find_user(call.tx, call.act.realm.id(), *user_id));
        return refuse(user ? ExchangeRefusal::no_consent : ExchangeRefusal::no_user);
    }
    ConnectionRecord& connection = connected->connection;
    if (connection.state != ConnectionState::live) return refuse(ExchangeRefusal::no_consent);
    const ScopeSet scopes =
        common_scopes(call.act.realm.scopes, connection.scopes, call.client.scopes);
    return Granted{.connection = std::move(connection),
                   .scopes = scopes,
                   .family = NewFamily{},
                   .trail = audit::Event::tokens_issued,
                   .user = std::move(connected->user)};
}

}  // namespace

std::array<std::string_view, 4> ExchangeGrant::arguments(const ExchangeRequest& request) {
    return {request.consent_token ? "consentToken" : "",
            request.consent_token.value_or(std::string_view()), request.public_id ? "publicId" : "",
            request.public_id.value_or(std::string_view())};
}

std::expected<Granted, Refused<ExchangeRefusal>> ExchangeGrant::decide(
    const TokenCall& call, const ExchangeRequest& request) {
    if (request.consent_token.has_value() == request.public_id.has_value()) {
        return refuse(ExchangeRefusal::exactly_one);
    }
    if (request.consent_token) return use_consent_token(call, *request.consent_token);
    return use_public_id(call, *request.public_id);
}

Answer<ExchangeRefusal> fetch_tokens_for_user(const realm::Act& act, database::WriteTransaction& tx,
                                              const ClientRecord& client,
                                              const ExchangeRequest& request) {
    return run<ExchangeGrant>({act, tx, client, request.idempotency_key}, request);
}

}  // namespace latchkey::grants
