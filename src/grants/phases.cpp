#include "grants/phases.hpp"

#include "grants/issue.hpp"
#include "realm/public_ids.hpp"
#include "store/users.hpp"

namespace latchkey::grants {
namespace {

Result<Tokens> issue_pair(const TokenCall& call, Granted& granted) {
    const ConnectionRecord& connection = granted.connection;
    if (const auto* begins = std::get_if<NewFamily>(&granted.family)) {
        return issue_family(call.act, call.tx, connection,
                            {granted.scopes, begins->authentication, call.confirmation});
    }
    auto& same = std::get<SameFamily>(granted.family);
    Tokens tokens;
    tokens.user_id = connection.user_id;
    tokens.scopes = granted.scopes;
    tokens.expires_in = call.act.realm.lifetimes.access_token;
    tokens.access_token = issue_access_token(
        call.act, connection, {same.id, granted.scopes, same.auth_time, call.confirmation});
    tokens.refresh_token = std::move(same.refresh_token);
    return tokens;
}

}  // namespace

Result<std::optional<IdempotentRequest>> read_idempotency(const TokenCall& call,
                                                          const AskedFor& asked) {
    if (!call.idempotency_key) return std::nullopt;
    return make_idempotent_request(call.client.id, *call.idempotency_key, asked);
}

Result<std::optional<Tokens>> find_kept(const TokenCall& call, const IdempotentRequest& request) {
    auto kept = TRY(find_answer(call.act, call.tx, request));
    if (!kept) return std::nullopt;
    kept->user = TRY(store::find_user(call.tx, call.act.realm.id(), kept->user_id));
    if (!kept->user) return std::nullopt;
    return kept;
}

Result<Tokens> issue(const TokenCall& call, Granted&& granted, Tells tells) {
    auto tokens = TRY(issue_pair(call, granted));
    const UserId user_id = granted.connection.user_id;
    if (tells == Tells::public_id) {
        tokens.public_id = call.act.realm.public_ids.public_id(call.client.id, user_id);
    }
    tokens.user = std::move(granted.user);
    if (const auto event = granted.trail.event()) {
        TRY(realm::record(call.tx, call.act, *event, {user_id, call.client.id}));
    }
    return tokens;
}

}  // namespace latchkey::grants
