// latchkey role add | remove | list

#include "admin/roles.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"

namespace latchkey::cli {

Result<void> run(const RoleAdd& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const admin::RoleMember member{command.role, TRY(parse_client_id(command.client_id))};
    const auto outcome = TRY(operation->write(
        [&](const auto& act, auto& tx) { return admin::add_role_member(act, tx, member); }));
    const bool added = outcome == admin::Membership::changed;
    print(Fields()
              .add("role", command.role)
              .add("clientId", member.client_id.text())
              .add("added", added)
              .value(),
          command.format);
    return {};
}

Result<void> run(const RoleRemove& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const admin::RoleMember member{command.role, TRY(parse_client_id(command.client_id))};
    TRY(operation->write(
        [&](const auto& act, auto& tx) { return admin::remove_role_member(act, tx, member); }));
    print(Fields()
              .add("role", command.role)
              .add("clientId", member.client_id.text())
              .add("removed", true)
              .value(),
          command.format);
    return {};
}

Result<void> run(const RoleList& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    auto tx = TRY(world->database().read());
    const auto members = TRY(admin::list_role_members(world->realm(), *tx));
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
