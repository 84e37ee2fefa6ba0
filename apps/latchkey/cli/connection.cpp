// latchkey connection list | revoke

#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "database/run_write.hpp"
#include "grants/connections.hpp"
#include "store/clients.hpp"
#include "store/connections.hpp"
#include "store/users.hpp"

namespace latchkey::cli {
namespace {

json::Value describe(const ConnectionRecord& connection) {
    const bool live = connection.state == ConnectionState::live;
    return Fields()
        .add("clientId", connection.client_id.text())
        .add("userId", connection.user_id.text())
        .add("state", std::string(live ? "live" : "revoked"))
        .add("scopes", connection.scopes.text)
        .add("createdAt", iso_time(connection.created_at))
        .add("updatedAt", iso_time(connection.updated_at))
        .value();
}

Result<json::Array> list_of_client(database::ReadTransaction& tx, ClientId client_id) {
    json::Array rows;
    std::optional<UserId> after;
    for (;;) {
        const auto page = TRY(grants::list_connections_of_client(tx, client_id, after));
        for (const ConnectionRecord& connection : page) rows.push_back(describe(connection));
        if (page.empty()) return rows;
        after = page.back().user_id;
    }
}

Result<json::Array> list_of_user(database::ReadTransaction& tx, UserId user_id) {
    json::Array rows;
    std::optional<ClientId> after;
    for (;;) {
        const auto page = TRY(grants::list_connections_of_user(tx, user_id, after));
        for (const ConnectionRecord& connection : page) rows.push_back(describe(connection));
        if (page.empty()) return rows;
        after = page.back().client_id;
    }
}

/// Whether both are the realm's, as far as they are named.
Result<bool> are_of(RealmId realm, database::ReadTransaction& tx, std::optional<ClientId> client_id,
                    std::optional<UserId> user_id) {
    if (client_id) {
        const auto client = TRY(store::find_client(tx, realm, *client_id));
        if (!client) return false;
    }
    if (!user_id) return true;
    const auto user = TRY(store::find_user(tx, realm, *user_id));
    return user.has_value();
}

Result<json::Array> list(database::ReadTransaction& tx, RealmId realm,
                         const ConnectionList& command) {
    if (command.user_id.empty() && command.client_id.empty()) {
        return fail(ErrorCode::invalid_argument, "Not enough arguments.",
                    "connection list: give --client-id, --user-id, or both");
    }
    std::optional<ClientId> client_id;
    std::optional<UserId> user_id;
    if (!command.client_id.empty()) client_id = TRY(parse_client_id(command.client_id));
    if (!command.user_id.empty()) user_id = TRY(parse_user_id(command.user_id));
    const bool are_known = TRY(are_of(realm, tx, client_id, user_id));
    if (!are_known) return json::Array{};
    if (!user_id) return list_of_client(tx, *client_id);
    if (!client_id) return list_of_user(tx, *user_id);
    json::Array rows;
    const auto connection = TRY(store::find_connection(tx, *user_id, *client_id));
    if (connection) rows.push_back(describe(*connection));
    return rows;
}

Failure nothing_to_revoke() {
    return fail(ErrorCode::not_found, "Nothing to revoke.",
                "this user has no live connection to this app");
}

/// Errors: not_found.
Result<void> check_realm(app::Installation& world, const grants::ConnectionKey& key) {
    const auto tx = TRY(world.database().read());
    const bool are_known = TRY(are_of(world.realm().id(), *tx, key.client_id, key.user_id));
    if (!are_known) return nothing_to_revoke();
    return {};
}

}  // namespace

Result<void> run(const ConnectionList& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    auto tx = TRY(world->database().read());
    auto rows = TRY(list(*tx, world->realm().id(), command));
    print(json::Value(json::Value::Data(std::move(rows))), command.format);
    return {};
}

Result<void> run(const ConnectionRevoke& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    const UserId user_id = TRY(parse_user_id(command.user_id));
    const ClientId client_id = TRY(parse_client_id(command.client_id));
    const grants::ConnectionKey key{user_id, client_id};
    TRY(check_realm(*world, key));
    const auto act = world->act(operator_audit);
    const auto outcome = TRY(database::run_write(
        world->database(), [&](auto& tx) { return grants::revoke_connection(act, tx, key); }));
    const bool revoked = outcome == grants::RevokeOutcome::revoked;
    if (!revoked && command.format == Format::human) return nothing_to_revoke();
    print(Fields()
              .add("clientId", key.client_id.text())
              .add("userId", key.user_id.text())
              .add("revoked", revoked)
              .value(),
          command.format);
    return {};
}

}  // namespace latchkey::cli
