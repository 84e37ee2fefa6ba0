#include "grants/custom_data_token.hpp"

#include "audit/audit.hpp"
#include "grants/issue.hpp"
#include "people/contact.hpp"
#include "people/users.hpp"
#include "store/connections.hpp"
#include "store/users.hpp"

namespace latchkey::grants {
namespace {

/// Tokens for metafields alone: no scope opens a field of the profile.
constexpr Granted no_scopes{};

/// The look-ups are the same whatever the address is: a hash, a user, a connection.
Result<std::optional<ConnectionRecord>> find_live_connection(const realm::Services& services,
                                                             database::ReadTransaction& tx,
                                                             ClientId client_id,
                                                             std::string_view email) {
    const auto address = people::parse_email(email);
    const Bytes hash = people::hash_email(services.realm.keys, address.value_or(std::string()));
    const auto user = TRY(store::find_user_by_email(tx, services.realm.keys.realm(), hash));
    const UserId user_id = user ? user->id : UserId{};
    auto connection = TRY(store::find_connection(tx, user_id, client_id));
    const bool live = user && connection && connection->state == ConnectionState::live;
    if (!live) return std::nullopt;
    return connection;
}

}  // namespace

Result<std::optional<CustomDataTokens>> fetch_custom_data_tokens(const realm::Services& services,
                                                                 const ClientRecord& client,
                                                                 std::string_view email,
                                                                 Timestamp now,
                                                                 const audit::Context& audit) {
    auto tx = TRY(services.database.write());
    const auto connection = TRY(find_live_connection(services, *tx, client.id, email));
    if (!connection) return std::nullopt;
    auto pair = TRY(issue_family(services, *tx, *connection, no_scopes, now));
    TRY(audit::append(*tx, services.realm.keys.realm(), audit::Event::tokens_issued,
                      {connection->user_id, client.id}, now, audit));
    TRY(tx->commit());
    CustomDataTokens tokens;
    tokens.access_token = std::move(pair.access_token);
    tokens.refresh_token = std::move(pair.refresh_token);
    tokens.expires_in = services.realm.lifetimes.access_token;
    return tokens;
}

}  // namespace latchkey::grants
