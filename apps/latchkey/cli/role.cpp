// latchkey role add | remove | list

#include "admin/roles.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"

namespace latchkey::cli {
namespace {

json::Value member_row(const RoleMemberRecord& member) {
    return Fields()
        .add("role", member.role)
        .add("clientId", member.client_id.text())
        .add_time("createdAt", member.created_at)
        .value();
}

}  // namespace

Result<void> run(const RoleAdd& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const admin::RoleMember member{command.role, TRY(parse_client_id(command.client_id))};
    const auto outcome =
        TRY(or_see("see `latchkey app list`", operation->write([&](const auto& act, auto& tx) {
            return admin::add_role_member(act, tx, member);
        })));
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
    TRY(or_see("see `latchkey role list`", operation->write([&](const auto& act, auto& tx) {
        return admin::remove_role_member(act, tx, member);
    })));
    print(Fields()
              .add("role", command.role)
              .add("clientId", member.client_id.text())
              .add("removed", true)
              .value(),
          command.format);
    return {};
}

Result<void> run(const RoleList& command, const app::Environment& environment) {
    const auto installation = TRY(open_installation(command, environment));
    auto tx = TRY(installation->database().read());
    const auto members = TRY(admin::list_role_members(installation->realm(), *tx));
    print(rows_of(members, member_row), command.format);
    return {};
}

}  // namespace latchkey::cli
