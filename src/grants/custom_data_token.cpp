#include "grants/custom_data_token.hpp"

#include <utility>

#include "grants/phases.hpp"
#include "people/contact.hpp"
#include "people/users.hpp"
#include "store/connections.hpp"
#include "store/users.hpp"

namespace latchkey::grants {
namespace {

/// Tokens for metafields alone: no scope opens a field of the profile.
constexpr ScopeSet no_scopes;

/// The look-ups are the same whatever the address is: a hash, a user, a connection.
Result<std::optional<ConnectionRecord>> find_live_connection(const realm::Realm& realm,
                                                             database::ReadTransaction& tx,
                                                             ClientId client_id,
                                                             std::string_view email) {
    const auto address = people::parse_email(email);
    const Bytes hash = people::hash_email(realm.keys, address.value_or(std::string()));
    const auto user = TRY(store::find_user_by_email(tx, realm.id(), hash));
    const UserId user_id = user ? user->id : UserId{};
    auto connection = TRY(store::find_connection(tx, user_id, client_id));
    const bool live = user && connection && connection->state == ConnectionState::live;
    if (!live) return std::nullopt;
    return connection;
}

}  // namespace

std::expected<Granted, Refused<CustomDataRefusal>> CustomDataGrant::decide(
    const TokenCall& call, const CustomDataRequest& request) {
    auto connection =
        TRY(find_live_connection(call.act.realm, call.tx, call.client.id, request.email));
    if (!connection) {
        return std::unexpected(Refused<CustomDataRefusal>(CustomDataRefusal::not_connected));
    }
    return Granted{.connection = std::move(*connection),
                   .scopes = no_scopes,
                   .family = NewFamily{},
                   .trail = audit::Event::tokens_issued,
                   .user = std::nullopt};
}

Answer<CustomDataRefusal> fetch_custom_data_tokens(const realm::Act& act,
                                                   database::WriteTransaction& tx,
                                                   const ClientRecord& client,
                                                   const CustomDataRequest& request) {
    return run<CustomDataGrant>({act, tx, client, request.idempotency_key}, request);
}

}  // namespace latchkey::grants
