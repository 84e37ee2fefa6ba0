#include "grants/refresh.hpp"

#include <algorithm>
#include <utility>

#include "crypto/constant_time.hpp"
#include "grants/common_scopes.hpp"
#include "grants/issue.hpp"
#include "grants/phases.hpp"
#include "grants/revocation.hpp"
#include "model/token_lifetimes.hpp"
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
    const TokenCall& call;
    std::string_view text;  // of the presented token
    PresentedToken presented;
};

/// The family's row after this rotation.
RefreshFamilyRecord next_family(const Refresh& refresh, const RefreshFamilyRecord& family,
                                std::string_view successor) {
    const realm::Act& act = refresh.call.act;
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
        tokens::mint_refresh_token(refresh.call.act.realm.keys, refresh.call.act.random, routing);
    const auto next = next_family(refresh, family, successor.reveal());
    const bool is_ours =
        TRY(store::rotate_refresh_family(refresh.call.tx, next, family.generation));
    // Groups run as if one after the other, so nobody can have come between.
    if (!is_ours) return fail(ErrorCode::serialization_failure, "Try again", "the family changed");
    return successor;
}

/// RFC 6749 6: the scope must not include anything that was not granted.
oauth::Result<ScopeSet> narrow(const ScopeRegistry& scopes, const RefreshRequest& request,
                               ScopeSet granted) {
    if (!request.scope) return granted;
    const auto wanted = scopes.parse(*request.scope);
    if (!wanted) return oauth::refuse(oauth::Error::invalid_scope, wanted.error().public_text);
    if (!wanted->within(granted)) {
        return oauth::refuse(oauth::Error::invalid_scope,
                             "The scope is wider than what was granted");
    }
    return *wanted;
}

/// RFC 9700 4.14.2: an old token means that two parties hold the family's tokens.
Result<void> kill_family(const Refresh& refresh) {
    const tokens::RefreshRouting& routing = refresh.presented.routing;
    const realm::Act& act = refresh.call.act;
    // The access tokens of the two end with it. Where there is no room left to say so, the family
    // dies all the same.
    const Timestamp until = act.now + act.realm.lifetimes.access_token;
    const tokens::EndedMark mark{tokens::mark_of(routing.family_id), until};
    const auto ended =
        end_access(refresh.call.tx, {routing.user_id, routing.client_id, mark}, act.now);
    if (!ended && ended.error().code != ErrorCode::unavailable) return ended;
    TRY(store::delete_refresh_family(refresh.call.tx, routing.user_id, routing.client_id,
                                     routing.family_id));
    TRY(realm::record(refresh.call.tx, act, audit::Event::refresh_token_reused,
                      {routing.user_id, routing.client_id}));
    return refresh.call.tx.commit();
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

/// The token that is good from now on.
Result<Secret> successor_of(const Refresh& refresh, const RefreshFamilyRecord& family,
                            RefreshDecision decision) {
    if (decision != RefreshDecision::repeat) return rotate(refresh, family);
    return tokens::open_successor(refresh.text, family.sealed_successor);
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
    return std::min(lifetimes.refresh_grace, max_refresh_grace);
}

bool is_under(const RefreshFamilyRecord& family, const ConnectionRecord& connection) noexcept {
    return connection.state == ConnectionState::live &&
           connection.revocations == family.connection_revocations;
}

oauth::Result<RefreshRequest> RefreshGrant::read(const oauth::Parameters& parameters) {
    const auto token = TRY(parameters.require("refresh_token", "refresh_token is missing"));
    return RefreshRequest{token, parameters.find("scope")};
}

std::array<std::string_view, 2> RefreshGrant::arguments(const RefreshRequest& request) {
    return {request.refresh_token, request.scope.value_or(std::string_view())};
}

oauth::Result<Granted> RefreshGrant::decide(const TokenCall& call, const RefreshRequest& request) {
    auto presented = TRY(present(call.act, call.client, request.refresh_token));
    const Refresh refresh{call, request.refresh_token, std::move(presented)};
    const tokens::RefreshRouting& routing = refresh.presented.routing;
    const auto family = TRY(
        store::find_refresh_family(call.tx, routing.user_id, routing.client_id, routing.family_id));
    if (!family) return refuse("no such family");
    auto connection = TRY(store::find_connection(call.tx, routing.user_id, routing.client_id));
    if (!connection || !is_under(*family, *connection)) return refuse("revoked");

    const Seconds grace = refresh_grace(call.act.realm.lifetimes);
    const auto decision = decide_refresh(*family, refresh.presented, call.act.now, grace);
    switch (decision) {
        case RefreshDecision::refuse: return refuse("expired or unknown");
        case RefreshDecision::reuse: TRY(kill_family(refresh)); return refuse("reused");
        case RefreshDecision::rotate:
        case RefreshDecision::repeat: break;
    }
    // Before the rotation: a scope that was not granted uses nothing up.
    const ScopeRegistry& registry = call.act.realm.scopes;
    const ScopeSet granted =
        common_scopes(registry, family->scopes, connection->scopes, call.client.scopes);
    const auto scopes = TRY(narrow(registry, request, granted));
    auto successor = TRY(successor_of(refresh, *family, decision));
    return Granted{.connection = std::move(*connection),
                   .scopes = scopes,
                   .family = SameFamily{family->family_id, std::move(successor), family->auth_time},
                   .trail = TrailLine::none(),
                   .user = std::nullopt};
}

oauth::Result<Tokens> refresh_tokens(const realm::Act& act, database::WriteTransaction& tx,
                                     const ClientRecord& client, const RefreshRequest& request) {
    return run<RefreshGrant>({act, tx, client, request.idempotency_key}, request);
}

}  // namespace latchkey::grants
