#include "grants/refresh.hpp"

#include <algorithm>
#include <utility>

#include "audit/audit.hpp"
#include "crypto/constant_time.hpp"
#include "grants/idempotency.hpp"
#include "grants/issue.hpp"
#include "grants/revocation.hpp"
#include "store/connections.hpp"
#include "store/refresh_families.hpp"

namespace latchkey::grants {
namespace {

/// How often a compare-and-set may lose to another node before the client has to come again.
constexpr int max_attempts = 4;

/// One text for every refusal: RFC 6749 5.2 tells the client no more than invalid_grant.
Failure refuse(std::string why) {
    return fail(ErrorCode::invalid_token, "The refresh token is not valid", std::move(why));
}

struct Refresh {
    const realm::Services& services;
    const ClientRecord& client;
    std::string_view text;  // of the presented token
    PresentedToken presented;
    std::optional<ScopeSet> requested;
    std::optional<IdempotentRequest> idempotent;
    Timestamp now;
};

/// The family's row after this rotation.
RefreshFamilyRecord next_family(const Refresh& refresh, const RefreshFamilyRecord& family,
                                std::string_view successor) {
    const tokens::RefreshRouting& routing = refresh.presented.routing;
    RefreshFamilyRecord next = family;
    next.generation = family.generation + 1;
    next.previous_hash = family.current_hash;
    next.current_hash = tokens::hash_refresh_token(successor);
    next.sealed_successor =
        tokens::seal_successor(refresh.services.ports.random, {refresh.text, successor});
    next.rotated_at = refresh.now;
    next.expires_at =
        family_row_expiry(refresh.services.realm.lifetimes, routing.family_expires_at, refresh.now);
    return next;
}

/// The successor, stored; absent when another request was first.
Result<std::optional<Secret>> rotate(const Refresh& refresh, database::WriteTransaction& tx,
                                     const RefreshFamilyRecord& family) {
    tokens::RefreshRouting routing = refresh.presented.routing;
    routing.generation = family.generation + 1;
    Secret successor = tokens::mint_refresh_token(refresh.services.realm.keys,
                                                  refresh.services.ports.random, routing);
    const auto next = next_family(refresh, family, successor.reveal());
    const bool is_ours = TRY(store::rotate_refresh_family(tx, next, family.generation));
    if (!is_ours) return std::optional<Secret>();
    return std::optional<Secret>(std::move(successor));
}

/// RFC 6749 6: the scope must not include anything that was not granted.
Result<ScopeSet> narrow(const Refresh& refresh, ScopeSet granted) {
    if (!refresh.requested) return granted;
    if (!refresh.requested->within(granted)) {
        return fail(ErrorCode::invalid_argument, "The scope is wider than what was granted");
    }
    return *refresh.requested;
}

/// RFC 9700 4.14.2: an old token means that two parties hold the family's tokens.
Failure kill_family(const Refresh& refresh, database::WriteTransaction& tx,
                    const audit::Context& audit) {
    const tokens::RefreshRouting& routing = refresh.presented.routing;
    const auto killed = [&]() -> Result<void> {
        // The access tokens of the two end with it. Where there is no room left to say so, the
        // family dies all the same.
        const Timestamp until = refresh.now + refresh.services.realm.lifetimes.access_token;
        const tokens::EndedMark mark{tokens::mark_of(routing.family_id), until};
        const auto ended = end_access(tx, {routing.user_id, routing.client_id, mark}, refresh.now);
        if (!ended && ended.error().code != ErrorCode::unavailable) return ended;
        TRY(store::delete_refresh_family(tx, routing.user_id, routing.client_id,
                                         routing.family_id));
        TRY(audit::append(tx, refresh.services.realm.keys.realm(),
                          audit::Event::refresh_token_reused, {routing.user_id, routing.client_id},
                          refresh.now, audit));
        return tx.commit();
    }();
    if (!killed) return Failure(killed.error());
    return refuse("reused");
}

RefreshedTokens as_refreshed(TokenAnswer answer) {
    return {.access_token = std::move(answer.access_token),
            .refresh_token = std::move(answer.refresh_token),
            .expires_in = answer.expires_in,
            .scopes = answer.scopes};
}

/// Both tokens for a parent that is good, stored; absent when another request was first.
Result<std::optional<RefreshedTokens>> succeed(const Refresh& refresh,
                                               database::WriteTransaction& tx,
                                               const RefreshFamilyRecord& family,
                                               const ConnectionRecord& connection,
                                               RefreshDecision decision) {
    const realm::Services& services = refresh.services;
    const ScopeRegistry& scopes = services.realm.scopes;
    TokenAnswer answer;
    answer.user_id = family.user_id;
    answer.scopes =
        TRY(narrow(refresh, scopes.known(family.scopes) & scopes.known(connection.scopes) &
                                scopes.known(refresh.client.scopes)));
    answer.expires_in = services.realm.lifetimes.access_token;
    if (decision == RefreshDecision::repeat) {
        answer.refresh_token = TRY(tokens::open_successor(refresh.text, family.sealed_successor));
    } else {
        auto successor = TRY(rotate(refresh, tx, family));
        if (!successor) return std::optional<RefreshedTokens>();
        answer.refresh_token = std::move(*successor);
    }
    answer.access_token =
        issue_access_token(services, connection, family, answer.scopes, refresh.now);
    if (refresh.idempotent) {
        TRY(keep_answer(services, tx, *refresh.idempotent, answer, refresh.now));
    }
    TRY(tx.commit());
    return std::optional<RefreshedTokens>(as_refreshed(std::move(answer)));
}

/// One look at the rows and one try. Absent: another request changed the family meanwhile.
Result<std::optional<RefreshedTokens>> attempt(const Refresh& refresh,
                                               database::WriteTransaction& tx,
                                               const audit::Context& audit) {
    if (refresh.idempotent) {
        auto kept = TRY(find_answer(refresh.services, tx, *refresh.idempotent, refresh.now));
        if (kept) return std::optional<RefreshedTokens>(as_refreshed(std::move(*kept)));
    }
    const tokens::RefreshRouting& routing = refresh.presented.routing;
    const auto family =
        TRY(store::find_refresh_family(tx, routing.user_id, routing.client_id, routing.family_id));
    if (!family) return refuse("no such family");
    const auto connection = TRY(store::find_connection(tx, routing.user_id, routing.client_id));
    if (!connection || !is_under(*family, *connection)) return refuse("revoked");

    const Seconds grace = refresh_grace(refresh.services.realm.lifetimes);
    const auto decision = decide_refresh(*family, refresh.presented, refresh.now, grace);
    switch (decision) {
        case RefreshDecision::refuse: return refuse("expired or unknown");
        case RefreshDecision::reuse: return kill_family(refresh, tx, audit);
        case RefreshDecision::rotate:
        case RefreshDecision::repeat: break;
    }
    return succeed(refresh, tx, *family, *connection, decision);
}

}  // namespace

RefreshDecision decide_refresh(const RefreshFamilyRecord& family, const PresentedToken& presented,
                               Timestamp now, Seconds grace) {
    const std::int64_t generation = presented.routing.generation;
    if (now >= family.expires_at) return RefreshDecision::refuse;
    if (generation > family.generation) return RefreshDecision::refuse;  // a restored backup's
    if (generation == family.generation) {
        const bool is_current = crypto::equal_constant_time(presented.hash, family.current_hash);
        return is_current ? RefreshDecision::rotate : RefreshDecision::refuse;
    }
    // A clock that was set back makes the grace longer, never shorter.
    const bool is_parent = generation + 1 == family.generation &&
                           crypto::equal_constant_time(presented.hash, family.previous_hash);
    if (is_parent && now - family.rotated_at <= grace) return RefreshDecision::repeat;
    return RefreshDecision::reuse;
}

Seconds refresh_grace(const realm::Lifetimes& lifetimes) noexcept {
    return std::min(lifetimes.refresh_grace, realm::max_refresh_grace);
}

bool is_under(const RefreshFamilyRecord& family, const ConnectionRecord& connection) noexcept {
    return connection.state == ConnectionState::live &&
           connection.revocations == family.connection_revocations;
}

Result<RefreshedTokens> refresh_tokens(const realm::Services& services, const ClientRecord& client,
                                       const RefreshRequest& request, Timestamp now,
                                       const audit::Context& audit) {
    std::optional<ScopeSet> requested;
    if (request.scope) requested = TRY(services.realm.scopes.parse(*request.scope));
    std::optional<IdempotentRequest> idempotent;
    if (request.idempotency_key) {
        idempotent = TRY(make_idempotent_request(
            client.id, *request.idempotency_key,
            {"refresh", request.refresh_token, request.scope.value_or(std::string_view())}));
    }
    PresentedToken presented;
    presented.routing = TRY(tokens::open_refresh_token(services.realm.keys, request.refresh_token));
    // RFC 6749 6: the refresh token was issued to this client.
    if (presented.routing.client_id != client.id) return refuse("another client's");
    // The token carries its family's absolute end, wherever the row's own expiry has moved to.
    if (now >= presented.routing.family_expires_at) return refuse("expired");
    presented.hash = tokens::hash_refresh_token(request.refresh_token);

    const Refresh refresh{
        services, client, request.refresh_token, std::move(presented), requested, idempotent, now};
    for (int i = 0; i < max_attempts; ++i) {
        auto tx = TRY(services.database.write());
        auto tokens = TRY(attempt(refresh, *tx, audit));
        if (tokens) return std::move(*tokens);
    }
    return fail(ErrorCode::unavailable, "Try again", "the family keeps changing");
}

}  // namespace latchkey::grants
