#pragma once

// Role groups: names under which apps of a realm are granted something together.

#include <string>
#include <string_view>
#include <vector>

#include "database/database.hpp"
#include "model/custom_data.hpp"

namespace latchkey::store {

/// False: it was a member already.
[[nodiscard]] Result<bool> add_role_member(database::WriteTransaction& tx,
                                           const RoleMemberRecord& member);
/// False: it was none.
[[nodiscard]] Result<bool> remove_role_member(database::WriteTransaction& tx, RealmId realm,
                                              std::string_view role, ClientId client_id);
/// What an app is in, by name.
[[nodiscard]] Result<std::vector<std::string>> list_roles(database::ReadTransaction& tx,
                                                          ClientId client_id);
/// Every group's members, by role and client.
[[nodiscard]] Result<std::vector<RoleMemberRecord>> list_role_members(database::ReadTransaction& tx,
                                                                      RealmId realm);
[[nodiscard]] Result<bool> has_members(database::ReadTransaction& tx, RealmId realm,
                                       std::string_view role);
/// An app leaves every group.
[[nodiscard]] Result<void> delete_roles_of(database::WriteTransaction& tx, ClientId client_id);

}  // namespace latchkey::store
