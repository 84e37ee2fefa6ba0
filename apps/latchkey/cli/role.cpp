// latchkey role add | remove | list

#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "database/run_write.hpp"
#include "metafields/names.hpp"
#include "store/client_roles.hpp"
#include "store/clients.hpp"

namespace latchkey::cli {
namespace {

Result<void> check_role(std::string_view role) {
    const auto fault = metafields::find_key_fault(role);
    if (!fault) return {};
    return fail(ErrorCode::invalid_argument, "Not a name for a group.",
                "a group's name has 2 to 64 letters, digits, hyphens and underscores");
}

}  // namespace

Result<void> run(const RoleAdd& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    TRY(check_role(command.role));
    const ClientId client_id = TRY(parse_client_id(command.client_id));
    const RealmId realm = world->realm().id();
    const RoleMemberRecord member{realm, command.role, client_id, world->clock().now()};
    const auto add = [&](database::WriteTransaction& tx) -> Result<bool> {
        const auto app = TRY(store::find_client(tx, realm, client_id));
        if (app) return store::add_role_member(tx, member);
        return fail(ErrorCode::not_found, "No such app.",
                    "no app has this client id: see `latchkey app list`");
    };
    const bool added = TRY(database::run_write(world->database(), add));
    print(Fields()
              .add("role", command.role)
              .add("clientId", client_id.text())
              .add("added", added)
              .value(),
          command.format);
    return {};
}

Result<void> run(const RoleRemove& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    const ClientId client_id = TRY(parse_client_id(command.client_id));
    const auto remove = [&](database::WriteTransaction& tx) {
        return store::remove_role_member(tx, world->realm().id(), command.role, client_id);
    };
    const bool removed = TRY(database::run_write(world->database(), remove));
    if (!removed) {
        return fail(ErrorCode::not_found, "Not in the group.",
                    "the app is not in this group: see `latchkey role list`");
    }
    print(Fields()
              .add("role", command.role)
              .add("clientId", client_id.text())
              .add("removed", true)
              .value(),
          command.format);
    return {};
}

Result<void> run(const RoleList& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    auto tx = TRY(world->database().read());
    const auto members = TRY(store::list_role_members(*tx, world->keys().realm()));
    json::Array rows;
    for (const RoleMemberRecord& member : members) {
        rows.push_back(Fields()
                           .add("role", member.role)
                           .add("clientId", member.client_id.text())
                           .add("createdAt", iso_time(member.created_at))
                           .value());
    }
    print(json::Value(json::Value::Data(std::move(rows))), command.format);
    return {};
}

}  // namespace latchkey::cli
