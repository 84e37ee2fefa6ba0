#include "delegation/custom_data_token.hpp"

#include "delegation/audit.hpp"
#include "delegation/issue.hpp"
#include "identity/contact.hpp"
#include "identity/users.hpp"
#include "store/connections.hpp"
#include "store/users.hpp"

namespace latchkey::delegation {
namespace {

/// Tokens for metafields alone: no scope opens a field of the profile.
constexpr ScopeSet no_scopes;

/// The look-ups are the same whatever the address is: a hash, a user, a connection.
Result<std::optional<ConnectionRecord>> find_live_connection(const Services& services,
                                                             database::ReadTransaction& tx,
                                                             ClientId client_id,
                                                             std::string_view email) {
    const auto address = identity::parse_email(email);
    const Bytes hash = identity::hash_email(services.keys, address.value_or(std::string()));
    const auto user = TRY(store::find_user_by_email(tx, services.keys.realm(), hash));
    const UserId user_id = user ? user->id : UserId{};
    auto connection = TRY(store::find_connection(tx, user_id, client_id));
    const bool live = user && connection && connection->state == ConnectionState::live;
    if (!live) return std::nullopt;
    return connection;
}

}  // namespace

Result<std::optional<CustomDataTokens>> fetch_custom_data_tokens(const Services& services,
                                                                 const ClientRecord& client,
                                                                 std::string_view email,
                                                                 Timestamp now,
                                                                 const AuditContext& audit) {
    auto tx = TRY(services.database.write());
    const auto connection = TRY(find_live_connection(services, *tx, client.id, email));
    if (!connection) return std::nullopt;
    auto pair = TRY(issue_family(services, *tx, *connection, no_scopes, now));
    TRY(append_audit(*tx, services.keys.realm(), AuditAction::tokens_issued,
                     {connection->user_id, client.id}, now, audit));
    TRY(tx->commit());
    CustomDataTokens tokens;
    tokens.access_token = std::move(pair.access_token);
    tokens.refresh_token = std::move(pair.refresh_token);
    tokens.expires_in = services.lifetimes.access_token;
    return tokens;
}

}  // namespace latchkey::delegation
