#include "api/access.hpp"

namespace latchkey::api {
namespace {

using graphql::Value;

template <class T>
Value level_of(const T& grant) {
    return Value::text(to_string(grant.level));
}

}  // namespace

std::string_view to_string(Permission permission) noexcept {
    switch (permission) {
        case Permission::ADMIN: return "ADMIN";
        case Permission::READ: return "READ";
        case Permission::READ_WRITE: return "READ_WRITE";
        case Permission::WRITE: return "WRITE";
    }
    return "";
}

void add_access(graphql::Resolvers& resolvers) {
    resolvers.object<Access>("CustomDataAccessType")
        .field("default",
               [](const Access& access) {
                   if (!access.default_level) return Value();
                   return Value::text(to_string(*access.default_level));
               })
        .field("grants", [](const Access& access) {
            return Value::list_of(access.grants, [](const Grant& grant) {
                return std::visit([](const auto& kind) { return Value::object(kind); }, grant);
            });
        });
    resolvers.object<AbsoluteGrant>("CustomDataAbsoluteAccessGrantType")
        .field("grant", level_of<AbsoluteGrant>)
        .field("granteeId", [](const AbsoluteGrant& grant) {
            return Value::owned("gid://shopify/Client/" + grant.grantee.text());
        });
    resolvers.object<RelativeGrant>("CustomDataRelativeAccessGrantType")
        .field("grant", level_of<RelativeGrant>)
        .field("grantee", &RelativeGrant::grantee);
    resolvers.object<RoleGrant>("CustomDataRoleBasedAccessGrantType")
        .field("grant", level_of<RoleGrant>)
        .field("role", &RoleGrant::role);
}

}  // namespace latchkey::api
