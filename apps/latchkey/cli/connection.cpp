// latchkey connection list | revoke

#include "admin/connections.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/pages.hpp"
#include "apps/latchkey/cli/report.hpp"

namespace latchkey::cli {
namespace {

constexpr std::string_view lists = "see `latchkey app list` and `latchkey user show --email …`";

json::Value connection_row(const ConnectionRecord& connection) {
    const bool live = connection.state == ConnectionState::live;
    return Fields()
        .add("clientId", connection.client_id.text())
        .add("userId", connection.user_id.text())
        .add("state", std::string(live ? "live" : "revoked"))
        .add("scopes", connection.scopes.text)
        .add_time("createdAt", connection.created_at)
        .add_time("updatedAt", connection.updated_at)
        .value();
}

Result<std::vector<ConnectionRecord>> list(const realm::Realm& realm, database::ReadTransaction& tx,
                                           const ConnectionList& command) {
    if (command.user_id.empty() && command.client_id.empty()) {
        return fail(ErrorCode::invalid_argument, "Not enough arguments.",
                    "connection list: give --client-id, --user-id, or both");
    }
    std::optional<ClientId> client_id;
    std::optional<UserId> user_id;
    if (!command.client_id.empty()) client_id = TRY(parse_client_id(command.client_id));
    if (!command.user_id.empty()) user_id = TRY(parse_user_id(command.user_id));
    if (!user_id) {
        return all_pages<ConnectionRecord, UserId>([&](const auto& request) {
            return admin::list_connections_of_client(realm, tx, *client_id, request);
        });
    }
    if (!client_id) {
        return all_pages<ConnectionRecord, ClientId>([&](const auto& request) {
            return admin::list_connections_of_user(realm, tx, *user_id, request);
        });
    }
    std::vector<ConnectionRecord> rows;
    auto connection = TRY(admin::find_connection(realm, tx, {*user_id, *client_id}));
    if (connection) rows.push_back(std::move(*connection));
    return rows;
}

}  // namespace

Result<void> run(const ConnectionList& command, const app::Environment& environment) {
    const auto installation = TRY(open_installation(command, environment));
    auto tx = TRY(installation->database().read());
    const auto connections = TRY(or_see(lists, list(installation->realm(), *tx, command)));
    print(rows_of(connections, connection_row), command.format);
    return {};
}

Result<void> run(const ConnectionRevoke& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const UserId user_id = TRY(parse_user_id(command.user_id));
    const ClientId client_id = TRY(parse_client_id(command.client_id));
    const grants::ConnectionKey key{user_id, client_id};
    const auto outcome = TRY(or_see(lists, operation->write([&](const auto& act, auto& tx) {
        return admin::revoke_connection(act, tx, key);
    })));
    const bool revoked = outcome == grants::RevokeOutcome::revoked;
    if (!revoked && command.format == Format::human) return admin::nothing_to_revoke();
    print(Fields()
              .add("clientId", key.client_id.text())
              .add("userId", key.user_id.text())
              .add("revoked", revoked)
              .value(),
          command.format);
    return {};
}

}  // namespace latchkey::cli
