// latchkey connection list | revoke

#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "database/run_write.hpp"
#include "grants/connections.hpp"
#include "store/connections.hpp"

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

Result<json::Array> list(database::ReadTransaction& tx, const ConnectionList& command) {
    if (command.user_id.empty() && command.client_id.empty()) {
        return fail(ErrorCode::invalid_argument, "Not enough arguments.",
                    "connection list: give --client-id, --user-id, or both");
    }
    if (command.user_id.empty()) {
        const ClientId client_id = TRY(parse_client_id(command.client_id));
        return list_of_client(tx, client_id);
    }
    const UserId user_id = TRY(parse_user_id(command.user_id));
    if (command.client_id.empty()) return list_of_user(tx, user_id);
    const ClientId client_id = TRY(parse_client_id(command.client_id));
    json::Array rows;
    const auto connection = TRY(store::find_connection(tx, user_id, client_id));
    if (connection) rows.push_back(describe(*connection));
    return rows;
}

}  // namespace

Result<void> run(const ConnectionList& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    auto tx = TRY(world->database().read());
    auto rows = TRY(list(*tx, command));
    print(json::Value(json::Value::Data(std::move(rows))), command.format);
    return {};
}

Result<void> run(const ConnectionRevoke& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    const UserId user_id = TRY(parse_user_id(command.user_id));
    const ClientId client_id = TRY(parse_client_id(command.client_id));
    const grants::ConnectionKey key{user_id, client_id};
    const auto act = world->act(operator_audit);
    const auto outcome = TRY(database::run_write(
        world->database(), [&](auto& tx) { return grants::revoke_connection(act, tx, key); }));
    const bool revoked = outcome == grants::RevokeOutcome::revoked;
    if (!revoked && command.format == Format::human) {
        return fail(ErrorCode::not_found, "Nothing to revoke.",
                    "this user has no live connection to this app");
    }
    print(Fields()
              .add("clientId", key.client_id.text())
              .add("userId", key.user_id.text())
              .add("revoked", revoked)
              .value(),
          command.format);
    return {};
}

}  // namespace latchkey::cli
