#include "grants/exchange.hpp"

#include <utility>

#include "audit/audit.hpp"
#include "grants/idempotency.hpp"
#include "grants/issue.hpp"
#include "realm/public_ids.hpp"
#include "store/connections.hpp"
#include "store/consent_ids.hpp"
#include "store/users.hpp"
#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"
#include "tokens/consent_token.hpp"

namespace latchkey::grants {
namespace {

/// Messages say no more than the code does: which check failed is nobody's business.
constexpr Refusal exactly_one{RefusalCode::INVALID_TOKEN, RefusalField::consentToken,
                              "Exactly one of consentToken or publicId must be provided"};
constexpr Refusal bad_consent_token{RefusalCode::INVALID_TOKEN, RefusalField::consentToken,
                                    "The consent token is not valid"};
constexpr Refusal no_user{RefusalCode::NO_USER, RefusalField::publicId,
                          "No user was found for this publicId"};
constexpr Refusal no_consent{RefusalCode::NO_CONSENT, RefusalField::publicId,
                             "The user has not consented to this app"};

struct Exchange {
    const realm::Services& services;
    const ClientRecord& client;
    Timestamp now;
    const audit::Context& audit;
    std::optional<IdempotentRequest> idempotent;

    [[nodiscard]] ScopeSet known(const ScopeNames& names) const noexcept {
        return services.realm.scopes.known(names);
    }
};

/// The same answer as before, for a request that came before.
Result<std::optional<IssuedTokens>> find_kept(const Exchange& exchange,
                                              database::WriteTransaction& tx) {
    if (!exchange.idempotent) return std::optional<IssuedTokens>();
    auto kept = TRY(find_answer(exchange.services, tx, *exchange.idempotent, exchange.now));
    if (!kept) return std::optional<IssuedTokens>();
    auto user = TRY(store::find_user(tx, kept->user_id));
    if (!user) return std::optional<IssuedTokens>();  // gone since: decided anew
    return std::optional<IssuedTokens>(IssuedTokens{.public_id = std::move(kept->public_id),
                                                    .access_token = std::move(kept->access_token),
                                                    .refresh_token = std::move(kept->refresh_token),
                                                    .expires_in = kept->expires_in,
                                                    .scopes = kept->scopes,
                                                    .user = std::move(*user)});
}

Result<void> keep(const Exchange& exchange, database::WriteTransaction& tx,
                  const IssuedTokens& tokens) {
    if (!exchange.idempotent) return {};
    const TokenAnswer answer{.user_id = tokens.user.id,
                             .public_id = tokens.public_id,
                             .access_token = tokens.access_token.clone(),
                             .refresh_token = tokens.refresh_token.clone(),
                             .expires_in = tokens.expires_in,
                             .scopes = tokens.scopes};
    return keep_answer(exchange.services, tx, *exchange.idempotent, answer, exchange.now);
}

Result<IssuedTokens> issue(const Exchange& exchange, database::WriteTransaction& tx,
                           const ConnectionRecord& connection, const Granted& granted) {
    auto pair = TRY(issue_family(exchange.services, tx, connection, granted, exchange.now));
    IssuedTokens tokens;
    tokens.public_id =
        exchange.services.realm.public_ids.public_id(connection.client_id, connection.user_id);
    tokens.access_token = std::move(pair.access_token);
    tokens.refresh_token = std::move(pair.refresh_token);
    tokens.expires_in = exchange.services.realm.lifetimes.access_token;
    tokens.scopes = granted.scopes;
    return tokens;
}

/// A refusal that must be remembered: what was written stays, with a line in the trail.
Result<ExchangeOutcome> refuse_for_good(const Exchange& exchange, database::WriteTransaction& tx,
                                        audit::Event action, UserId user_id) {
    TRY(audit::append(tx, exchange.services.realm.keys.realm(), action,
                      {user_id, exchange.client.id}, exchange.now, exchange.audit));
    TRY(tx.commit());
    return bad_consent_token;
}

/// A person, and how they stand with an app.
struct Standing {
    UserRecord user;
    std::optional<ConnectionRecord> connection;
};

Result<std::optional<Standing>> find_standing(database::ReadTransaction& tx, UserId user_id,
                                              ClientId client_id) {
    auto connected = TRY(store::find_connected_user(tx, user_id, client_id));
    if (connected) {
        return std::optional<Standing>(
            {std::move(connected->user), std::move(connected->connection)});
    }
    auto user = TRY(store::find_user(tx, user_id));
    if (!user) return std::optional<Standing>();
    return std::optional<Standing>({std::move(*user), std::nullopt});
}

/// Makes the connection live with `scopes`, and tells of it. One that is so already is left alone:
/// a person who signs in again writes as little as an app that comes back by itself.
Result<ConnectionRecord> connect(const Exchange& exchange, database::WriteTransaction& tx,
                                 const Standing& before, ScopeSet scopes) {
    const bool was_live = before.connection && before.connection->state == ConnectionState::live;
    const bool stands = was_live && exchange.known(before.connection->scopes) == scopes;
    const UserId user_id = before.user.id;
    const auto action = stands ? audit::Event::tokens_issued : audit::Event::connection_established;
    TRY(audit::append(tx, exchange.services.realm.keys.realm(), action,
                      {user_id, exchange.client.id}, exchange.now, exchange.audit));
    if (stands) return *before.connection;
    auto connection =
        TRY(store::upsert_connection(tx, user_id, exchange.client.id,
                                     exchange.services.realm.scopes.names(scopes), exchange.now));
    if (was_live) return connection;
    const Change established{.client_id = exchange.client.id,
                             .user_id = user_id,
                             .topic = ChangeTopic::connection_established,
                             .keys = {}};
    TRY(store::record_change(tx, established, exchange.now));
    return connection;
}

/// The token is verified: uses it up, connects, and issues.
Result<ExchangeOutcome> use_consent_token(const Exchange& exchange, database::WriteTransaction& tx,
                                          const tokens::ConsentToken& token) {
    // The serialization point: of any number of requests with this token, one gets past here.
    const bool is_first = TRY(store::consume_consent_token(tx, token.jti, token.expires_at));
    if (!is_first) {
        return refuse_for_good(exchange, tx, audit::Event::consent_token_replayed, token.user_id);
    }
    auto before = TRY(find_standing(tx, token.user_id, exchange.client.id));
    // A revocation after the person agreed withdraws this token too.
    if (!before || tokens::connection_epoch(before->connection) != token.connection_epoch) {
        return refuse_for_good(exchange, tx, audit::Event::consent_token_withdrawn, token.user_id);
    }

    // The app's registration may have shrunk since the person agreed.
    const ScopeSet scopes = token.scopes & exchange.known(exchange.client.scopes);
    const auto connection = TRY(connect(exchange, tx, *before, scopes));
    auto tokens = TRY(issue(exchange, tx, connection, {scopes, token.authentication}));
    tokens.user = std::move(before->user);
    TRY(keep(exchange, tx, tokens));
    TRY(tx.commit());
    return tokens;
}

Result<ExchangeOutcome> exchange_consent_token(const Exchange& exchange, std::string_view text) {
    auto verified =
        tokens::verify_consent_token(exchange.services, exchange.client.id, text, exchange.now);
    if (!verified && verified.error().code != ErrorCode::invalid_token) {
        return Failure(std::move(verified).error());
    }
    // A token that has expired by now may still have an answer that was lost.
    if (!verified && !exchange.idempotent) return bad_consent_token;

    auto tx = TRY(exchange.services.database.write());
    auto kept = TRY(find_kept(exchange, *tx));
    if (kept) return std::move(*kept);
    if (!verified) return bad_consent_token;
    return use_consent_token(exchange, *tx, *verified);
}

Result<ExchangeOutcome> exchange_public_id(const Exchange& exchange, std::string_view text) {
    const auto user_id = exchange.services.realm.public_ids.find_user(exchange.client.id, text);
    if (!user_id) return no_user;

    auto tx = TRY(exchange.services.database.write());
    auto kept = TRY(find_kept(exchange, *tx));
    if (kept) return std::move(*kept);
    auto connected = TRY(store::find_connected_user(*tx, *user_id, exchange.client.id));
    if (!connected) {
        const auto user = TRY(store::find_user(*tx, *user_id));
        return user ? no_consent : no_user;
    }
    const ConnectionRecord& connection = connected->connection;
    if (connection.state != ConnectionState::live) return no_consent;

    const ScopeSet scopes =
        exchange.known(connection.scopes) & exchange.known(exchange.client.scopes);
    auto tokens = TRY(issue(exchange, *tx, connection, {scopes}));
    TRY(audit::append(*tx, exchange.services.realm.keys.realm(), audit::Event::tokens_issued,
                      {*user_id, exchange.client.id}, exchange.now, exchange.audit));
    tokens.user = std::move(connected->user);
    TRY(keep(exchange, *tx, tokens));
    TRY(tx->commit());
    return tokens;
}

}  // namespace

Result<ExchangeOutcome> fetch_tokens_for_user(const realm::Services& services,
                                              const ClientRecord& client,
                                              const ExchangeRequest& request, Timestamp now,
                                              const audit::Context& audit) {
    if (request.consent_token.has_value() == request.public_id.has_value()) return exactly_one;
    std::optional<IdempotentRequest> idempotent;
    if (request.idempotency_key) {
        idempotent = TRY(make_idempotent_request(
            client.id, *request.idempotency_key,
            {"exchange", request.consent_token ? "consentToken" : "publicId",
             request.consent_token ? *request.consent_token : *request.public_id}));
    }
    const Exchange exchange{services, client, now, audit, std::move(idempotent)};
    if (request.consent_token) return exchange_consent_token(exchange, *request.consent_token);
    return exchange_public_id(exchange, *request.public_id);
}

}  // namespace latchkey::grants
