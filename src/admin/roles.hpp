#pragma once

// Groups of apps that something is granted to together.

#include <string>
#include <vector>

#include "model/custom_data.hpp"
#include "realm/act.hpp"

namespace latchkey::admin {

struct RoleMember {
    std::string role;  // 2 to 64 letters, digits, hyphens and underscores
    ClientId client_id;
};

enum class Membership : std::uint8_t { changed, as_it_was };

/// A group begins with its first app. Errors: invalid_argument (the name); not_found (the app).
[[nodiscard]] Result<Membership> add_role_member(const realm::Act& act,
                                                 database::WriteTransaction& tx,
                                                 const RoleMember& member);
/// Errors: not_found (the app is not in the group).
[[nodiscard]] Result<void> remove_role_member(const realm::Act& act, database::WriteTransaction& tx,
                                              const RoleMember& member);

/// By group and app.
[[nodiscard]] Result<std::vector<RoleMemberRecord>> list_role_members(
    const realm::Realm& realm, database::ReadTransaction& tx);

}  // namespace latchkey::admin
