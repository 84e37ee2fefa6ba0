#include "grants/custom_data_token.hpp"

#include "grants/issue.hpp"
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

Answer<CustomDataRefusal> fetch_custom_data_tokens(const realm::Act& act,
                                                   database::WriteTransaction& tx,
                                                   const ClientRecord& client,
                                                   std::string_view email) {
    const auto connection = TRY(find_live_connection(act.realm, tx, client.id, email));
    if (!connection) {
        return std::unexpected(Refused<CustomDataRefusal>(CustomDataRefusal::not_connected));
    }
    auto tokens = TRY(issue_family(act, tx, *connection, no_scopes));
    TRY(realm::record(tx, act, audit::Event::tokens_issued, {connection->user_id, client.id}));
    return tokens;
}

}  // namespace latchkey::grants
