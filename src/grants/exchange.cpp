#include "grants/exchange.hpp"

#include <utility>

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

std::unexpected<Refused<ExchangeRefusal>> refuse(ExchangeRefusal refusal) {
    return std::unexpected(Refused<ExchangeRefusal>(refusal));
}

struct Exchange {
    const realm::Act& act;
    database::WriteTransaction& tx;
    const ClientRecord& client;
    std::optional<IdempotentRequest> idempotent;
};

/// The same answer as before, for a request that came before.
Result<std::optional<Tokens>> find_kept(const Exchange& exchange) {
    if (!exchange.idempotent) return std::nullopt;
    auto kept = TRY(find_answer(exchange.act, exchange.tx, *exchange.idempotent));
    if (!kept) return std::nullopt;
    kept->user = TRY(store::find_user(exchange.tx, kept->user_id));
    if (!kept->user) return std::nullopt;  // gone since: decided anew
    return kept;
}

Result<void> keep(const Exchange& exchange, const Tokens& tokens) {
    if (!exchange.idempotent) return {};
    return keep_answer(exchange.act, exchange.tx, *exchange.idempotent, tokens);
}

Result<void> record(const Exchange& exchange, audit::Event event, UserId user_id) {
    return realm::record(exchange.tx, exchange.act, event, {user_id, exchange.client.id});
}

Result<Tokens> issue(const Exchange& exchange, const ConnectionRecord& connection,
                     ScopeSet scopes) {
    auto tokens = TRY(issue_family(exchange.act, exchange.tx, connection, scopes));
    tokens.public_id =
        exchange.act.realm.public_ids.public_id(exchange.client.id, connection.user_id);
    return tokens;
}

/// A refusal that must be remembered: what was written stays, with a line in the trail.
Answer<ExchangeRefusal> refuse_for_good(const Exchange& exchange, audit::Event event,
                                        UserId user_id) {
    TRY(record(exchange, event, user_id));
    TRY(exchange.tx.commit());
    return refuse(ExchangeRefusal::bad_consent_token);
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
Result<ConnectionRecord> connect(const Exchange& exchange, const Standing& before,
                                 ScopeSet scopes) {
    const bool was_live = before.connection && before.connection->state == ConnectionState::live;
    const bool stands = was_live && before.connection->scopes == scopes;
    const UserId user_id = before.user.id;
    TRY(record(exchange,
               stands ? audit::Event::tokens_issued : audit::Event::connection_established,
               user_id));
    if (stands) return *before.connection;
    auto connection = TRY(store::upsert_connection(exchange.tx, user_id, exchange.client.id, scopes,
                                                   exchange.act.now));
    if (was_live) return connection;
    const Change established{.client_id = exchange.client.id,
                             .user_id = user_id,
                             .topic = ChangeTopic::connection_established,
                             .keys = {}};
    TRY(store::record_change(exchange.tx, established, exchange.act.now));
    return connection;
}

/// The token is verified: uses it up, connects, and issues.
Answer<ExchangeRefusal> use_consent_token(const Exchange& exchange,
                                          const tokens::ConsentToken& token) {
    // The serialization point: of any number of requests with this token, one gets past here.
    const bool is_first =
        TRY(store::consume_consent_token(exchange.tx, token.jti, token.expires_at));
    if (!is_first) {
        return refuse_for_good(exchange, audit::Event::consent_token_replayed, token.user_id);
    }
    auto before = TRY(find_standing(exchange.tx, token.user_id, exchange.client.id));
    // A revocation after the person agreed withdraws this token too.
    if (!before || tokens::connection_epoch(before->connection) != token.connection_epoch) {
        return refuse_for_good(exchange, audit::Event::consent_token_withdrawn, token.user_id);
    }

    // The app's registration may have shrunk since the person agreed.
    const ScopeSet scopes = token.scopes & exchange.client.scopes;
    const auto connection = TRY(connect(exchange, *before, scopes));
    auto tokens = TRY(issue(exchange, connection, scopes));
    tokens.user = std::move(before->user);
    TRY(keep(exchange, tokens));
    return tokens;
}

Answer<ExchangeRefusal> exchange_consent_token(const Exchange& exchange, std::string_view text) {
    const realm::Act& act = exchange.act;
    auto verified = tokens::verify_consent_token(act.realm, exchange.client.id, text, act.now);
    if (!verified && verified.error().code != ErrorCode::invalid_token) {
        return Failure(std::move(verified).error());
    }
    // A token that has expired by now may still have an answer that was lost.
    auto kept = TRY(find_kept(exchange));
    if (kept) return std::move(*kept);
    if (!verified) return refuse(ExchangeRefusal::bad_consent_token);
    return use_consent_token(exchange, *verified);
}

Answer<ExchangeRefusal> exchange_public_id(const Exchange& exchange, std::string_view text) {
    const auto user_id = exchange.act.realm.public_ids.find_user(exchange.client.id, text);
    if (!user_id) return refuse(ExchangeRefusal::no_user);

    auto kept = TRY(find_kept(exchange));
    if (kept) return std::move(*kept);
    auto connected = TRY(store::find_connected_user(exchange.tx, *user_id, exchange.client.id));
    if (!connected) {
        const auto user = TRY(store::find_user(exchange.tx, *user_id));
        return refuse(user ? ExchangeRefusal::no_consent : ExchangeRefusal::no_user);
    }
    const ConnectionRecord& connection = connected->connection;
    if (connection.state != ConnectionState::live) return refuse(ExchangeRefusal::no_consent);

    auto tokens = TRY(issue(exchange, connection, connection.scopes & exchange.client.scopes));
    TRY(record(exchange, audit::Event::tokens_issued, *user_id));
    tokens.user = std::move(connected->user);
    TRY(keep(exchange, tokens));
    return tokens;
}

}  // namespace

Answer<ExchangeRefusal> fetch_tokens_for_user(const realm::Act& act, database::WriteTransaction& tx,
                                              const ClientRecord& client,
                                              const ExchangeRequest& request) {
    if (request.consent_token.has_value() == request.public_id.has_value()) {
        return refuse(ExchangeRefusal::exactly_one);
    }
    std::optional<IdempotentRequest> idempotent;
    if (request.idempotency_key) {
        idempotent = TRY(make_idempotent_request(
            client.id, *request.idempotency_key,
            {"exchange", request.consent_token ? "consentToken" : "publicId",
             request.consent_token ? *request.consent_token : *request.public_id}));
    }
    const Exchange exchange{act, tx, client, std::move(idempotent)};
    if (request.consent_token) return exchange_consent_token(exchange, *request.consent_token);
    return exchange_public_id(exchange, *request.public_id);
}

}  // namespace latchkey::grants
