#include "admin/roles.hpp"

#include "metafields/names.hpp"
#include "store/client_roles.hpp"
#include "store/clients.hpp"

namespace latchkey::admin {
namespace {

Result<void> check_role(std::string_view role) {
    const auto fault = metafields::find_key_fault(role);
    if (!fault) return {};
    return fail(ErrorCode::invalid_argument, "Not a name for a group.",
                "a group's name has 2 to 64 letters, digits, hyphens and underscores");
}

Result<void> record_member(const realm::Act& act, database::WriteTransaction& tx,
                           audit::Event event, const RoleMember& member) {
    return realm::record(tx, act, event, {std::nullopt, member.client_id, member.role});
}

}  // namespace

Result<Membership> add_role_member(const realm::Act& act, database::WriteTransaction& tx,
                                   const RoleMember& member) {
    TRY(check_role(member.role));
    const auto app = TRY(store::find_client(tx, act.realm.id(), member.client_id));
    if (!app) return store::no_such_app();
    const bool added =
        TRY(store::add_role_member(tx, {act.realm.id(), member.role, member.client_id, act.now}));
    if (!added) return Membership::as_it_was;
    TRY(record_member(act, tx, audit::Event::role_member_added, member));
    return Membership::changed;
}

Result<void> remove_role_member(const realm::Act& act, database::WriteTransaction& tx,
                                const RoleMember& member) {
    const bool removed =
        TRY(store::remove_role_member(tx, act.realm.id(), member.role, member.client_id));
    if (!removed) {
        return fail(ErrorCode::not_found, "Not in the group.", "the app is not in this group");
    }
    return record_member(act, tx, audit::Event::role_member_removed, member);
}

Result<std::vector<RoleMemberRecord>> list_role_members(const realm::Realm& realm,
                                                        database::ReadTransaction& tx) {
    return store::list_role_members(tx, realm.id());
}

}  // namespace latchkey::admin
