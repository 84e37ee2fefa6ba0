#include "admin/tokens.hpp"

#include <utility>

#include "grants/revocation.hpp"
#include "store/clients.hpp"
#include "tokens/access_token.hpp"
#include "tokens/refresh_token.hpp"

namespace latchkey::admin {
namespace {

/// What the protocol calls it, for the operator.
Error in_words(const oauth::Refused& refused) {
    if (const Error* error = refused.error()) return *error;
    return {ErrorCode::unsupported, refused.refusal()->description, refused.refusal()->detail};
}

std::optional<ClientId> find_client_of(const keys::KeyRing& keys, std::string_view token,
                                       Timestamp now) {
    if (const auto refresh = tokens::open_refresh_token(keys, token)) return refresh->client_id;
    if (const auto access = tokens::open_access_token(keys, token, now)) return access->client_id;
    return std::nullopt;
}

/// The app that a token names, live or not. Errors: invalid_token.
Result<ClientRecord> get_client_of(const realm::Realm& realm, database::ReadTransaction& tx,
                                   std::string_view token, Timestamp now) {
    const auto client_id = find_client_of(realm.keys, token, now);
    if (client_id) {
        auto client = TRY(store::find_client(tx, realm.id(), *client_id));
        if (client) return std::move(*client);
    }
    return fail(ErrorCode::invalid_token, "Not a live token.",
                "not a token of this server, or one that has expired");
}

}  // namespace

Result<TokenReport> inspect_token(const realm::Realm& realm, database::ReadTransaction& tx,
                                  std::string_view token, Timestamp now) {
    auto client = TRY(get_client_of(realm, tx, token, now));
    auto active = TRY(grants::introspect_token(realm, tx, client, token, now));
    return TokenReport{std::move(client), std::move(active)};
}

Result<ClientRecord> revoke_token(const realm::Act& act, database::WriteTransaction& tx,
                                  std::string_view token) {
    auto client = TRY(get_client_of(act.realm, tx, token, act.now));
    const auto revoked = grants::revoke_token(act, tx, client, token);
    if (!revoked) return Failure(in_words(revoked.error()));
    return client;
}

}  // namespace latchkey::admin
