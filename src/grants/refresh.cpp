#include "grants/refresh.hpp"

#include <algorithm>
#include <utility>

#include "crypto/constant_time.hpp"
#include "grants/idempotency.hpp"
#include "grants/issue.hpp"
#include "grants/revocation.hpp"
#include "store/connections.hpp"
#include "store/refresh_families.hpp"

namespace latchkey::grants {
namespace {

/// One text for every refusal: RFC 6749 5.2 tells the client no more than invalid_grant.
std::unexpected<oauth::Refused> refuse(std::string why) {
    return oauth::refuse(oauth::Error::invalid_grant, "The refresh token is not valid",
                         std::move(why));
}

struct Refresh {
    const realm::Act& act;
    database::WriteTransaction& tx;
    const ClientRecord& client;
    std::string_view text;  // of the presented token
    PresentedToken presented;
    std::optional<ScopeSet> requested;
};

/// The family's row after this rotation.
RefreshFamilyRecord next_family(const Refresh& refresh, const RefreshFamilyRecord& family,
                                std::string_view successor) {
    const realm::Act& act = refresh.act;
    RefreshFamilyRecord next = family;
    next.generation = family.generation + 1;
    next.previous_hash = family.current_hash;
    next.current_hash = tokens::hash_refresh_token(successor);
    next.sealed_successor = tokens::seal_successor(act.random, {refresh.text, successor});
    next.rotated_at = act.now;
    next.expires_at = family_row_expiry(act.realm.lifetimes,
                                        refresh.presented.routing.family_expires_at, act.now);
    return next;
}

/// The successor, stored.
Result<Secret> rotate(const Refresh& refresh, const RefreshFamilyRecord& family) {
    tokens::RefreshRouting routing = refresh.presented.routing;
    routing.generation = family.generation + 1;
    Secret successor =
        tokens::mint_refresh_token(refresh.act.realm.keys, refresh.act.random, routing);
    const auto next = next_family(refresh, family, successor.reveal());
    const bool is_ours = TRY(store::rotate_refresh_family(refresh.tx, next, family.generation));
    // Groups run as if one after the other, so nobody can have come between.
    if (!is_ours) return fail(ErrorCode::serialization_failure, "Try again", "the family changed");
    return successor;
}

/// RFC 6749 6: the scope must not include anything that was not granted.
oauth::Result<ScopeSet> narrow(const Refresh& refresh, ScopeSet granted) {
    if (!refresh.requested) return granted;
    if (!refresh.requested->within(granted)) {
        return oauth::refuse(oauth::Error::invalid_scope,
                             "The scope is wider than what was granted");
    }
    return *refresh.requested;
}

/// RFC 9700 4.14.2: an old token means that two parties hold the family's tokens.
Result<void> kill_family(const Refresh& refresh) {
    const tokens::RefreshRouting& routing = refresh.presented.routing;
    const realm::Act& act = refresh.act;
    // The access tokens of the two end with it. Where there is no room left to say so, the family
    // dies all the same.
    const Timestamp until = act.now + act.realm.lifetimes.access_token;
    const tokens::EndedMark mark{tokens::mark_of(routing.family_id), until};
    const auto ended = end_access(refresh.tx, {routing.user_id, routing.client_id, mark}, act.now);
    if (!ended && ended.error().code != ErrorCode::unavailable) return ended;
    TRY(store::delete_refresh_family(refresh.tx, routing.user_id, routing.client_id,
                                     routing.family_id));
    TRY(realm::record(refresh.tx, act, audit::Event::refresh_token_reused,
                      {routing.user_id, routing.client_id}));
    return refresh.tx.commit();
}

/// Both tokens for a parent that is good.
oauth::Result<Tokens> succeed(const Refresh& refresh, const RefreshFamilyRecord& family,
                              const ConnectionRecord& connection, RefreshDecision decision) {
    Tokens tokens;
    tokens.user_id = family.user_id;
    tokens.scopes = TRY(narrow(refresh, family.scopes & connection.scopes & refresh.client.scopes));
    tokens.expires_in = refresh.act.realm.lifetimes.access_token;
    if (decision == RefreshDecision::repeat) {
        tokens.refresh_token = TRY(tokens::open_successor(refresh.text, family.sealed_successor));
    } else {
        tokens.refresh_token = TRY(rotate(refresh, family));
    }
    tokens.access_token =
        issue_access_token(refresh.act, connection, family.family_id, tokens.scopes);
    return tokens;
}

oauth::Result<Tokens> decide(const Refresh& refresh) {
    const tokens::RefreshRouting& routing = refresh.presented.routing;
    const auto family = TRY(store::find_refresh_family(refresh.tx, routing.user_id,
                                                       routing.client_id, routing.family_id));
    if (!family) return refuse("no such family");
    const auto connection =
        TRY(store::find_connection(refresh.tx, routing.user_id, routing.client_id));
    if (!connection || !is_under(*family, *connection)) return refuse("revoked");

    const Seconds grace = refresh_grace(refresh.act.realm.lifetimes);
    const auto decision = decide_refresh(*family, refresh.presented, refresh.act.now, grace);
    switch (decision) {
        case RefreshDecision::refuse: return refuse("expired or unknown");
        case RefreshDecision::reuse: TRY(kill_family(refresh)); return refuse("reused");
        case RefreshDecision::rotate:
        case RefreshDecision::repeat: break;
    }
    return succeed(refresh, *family, *connection, decision);
}

/// What the text alone tells.
oauth::Result<PresentedToken> present(const realm::Act& act, const ClientRecord& client,
                                      std::string_view text) {
    auto routing = tokens::open_refresh_token(act.realm.keys, text);
    if (!routing) return refuse(std::move(routing).error().detail);
    // RFC 6749 6: the refresh token was issued to this client.
    if (routing->client_id != client.id) return refuse("another client's");
    // The token carries its family's absolute end, wherever the row's own expiry has moved to.
    if (act.now >= routing->family_expires_at) return refuse("expired");
    return PresentedToken{*routing, tokens::hash_refresh_token(text)};
}

oauth::Result<std::optional<ScopeSet>> read_scope(const RefreshRequest& request) {
    if (!request.scope) return std::optional<ScopeSet>();
    const auto scopes = parse_scopes(*request.scope);
    if (!scopes) return oauth::refuse(oauth::Error::invalid_scope, scopes.error().public_text);
    return std::optional(*scopes);
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

oauth::Result<Tokens> refresh_tokens(const realm::Act& act, database::WriteTransaction& tx,
                                     const ClientRecord& client, const RefreshRequest& request) {
    const auto requested = TRY(read_scope(request));
    std::optional<IdempotentRequest> idempotent;
    if (request.idempotency_key) {
        idempotent = TRY(make_idempotent_request(
            client.id, *request.idempotency_key,
            {"refresh", request.refresh_token, request.scope.value_or(std::string_view())}));
    }
    auto presented = TRY(present(act, client, request.refresh_token));
    if (idempotent) {
        auto kept = TRY(find_answer(act, tx, *idempotent));
        if (kept) return std::move(*kept);
    }
    auto tokens =
        TRY(decide({act, tx, client, request.refresh_token, std::move(presented), requested}));
    if (idempotent) TRY(keep_answer(act, tx, *idempotent, tokens));
    return tokens;
}

}  // namespace latchkey::grants
