#include "api/access.hpp"

#include "metafields/sharing/resolve.hpp"
#include "store/metafield_namespaces.hpp"

namespace latchkey::api {
namespace {

using graphql::Input;
using graphql::Value;

// Enumerators of CustomDataAccessPermissionType. READ_WRITE is WRITE's other name on the way in.
std::string_view to_string(AccessLevel level) noexcept {
    switch (level) {
        case AccessLevel::none: return "";
        case AccessLevel::read: return "READ";
        case AccessLevel::write: return "WRITE";
        case AccessLevel::admin: return "ADMIN";
    }
    return "";
}

std::optional<AccessLevel> read_level(const Input& input) {
    const auto name = input.as<std::optional<std::string_view>>();
    if (!name) return std::nullopt;
    if (*name == "ADMIN") return AccessLevel::admin;
    return *name == "READ" ? AccessLevel::read : AccessLevel::write;
}

template <class T>
Value level_of(const T& grant) {
    return Value::text(to_string(grant.level));
}

Result<std::string> namespace_path(database::ReadTransaction& tx, std::string_view id) {
    const auto found =
        TRY(store::find_namespace(tx, NamespaceId::from_text(id).value_or(NamespaceId{})));
    if (!found) return std::string();
    return metafields::path_of(tx, *found);
}

}  // namespace

Result<CustomDataAccess> make_access(database::ReadTransaction& tx,
                                     const std::vector<MetafieldGrantRecord>& grants) {
    CustomDataAccess access;
    for (const MetafieldGrantRecord& grant : grants) {
        const std::string& name = grant.grantee.name;
        switch (grant.grantee.kind) {
            case GranteeKind::everyone: access.default_level = grant.level; break;
            case GranteeKind::app: {
                const ClientId app = ClientId::from_text(name).value_or(ClientId{});
                access.grants.emplace_back(AbsoluteGrant{grant.level, metafields::client_gid(app)});
                break;
            }
            case GranteeKind::name_space: {
                std::string path = TRY(namespace_path(tx, name));
                access.grants.emplace_back(RelativeGrant{grant.level, std::move(path)});
                break;
            }
            case GranteeKind::role: access.grants.emplace_back(RoleGrant{grant.level, name}); break;
        }
    }
    return access;
}

metafields::Target read_target(const Input& input) {
    using Text = std::optional<std::string_view>;
    return {.grantee = input.field("grantee").as<Text>(),
            .grantee_id = input.field("granteeId").as<Text>(),
            .role = input.field("role").as<Text>()};
}

std::optional<metafields::AccessChange> read_access(const Input& input) {
    if (input.is_null()) return std::nullopt;
    metafields::AccessChange change;
    const Input level = input.field("default");
    if (level.is_given()) change.default_level = read_level(level).value_or(AccessLevel::none);
    const Input grants = input.field("grants");
    for (std::size_t i = 0; i < grants.size(); ++i) {
        const Input grant = grants.item(i);
        change.grants.push_back({read_target(grant), read_level(grant.field("grant"))});
    }
    return change;
}

void add_access(graphql::Resolvers& resolvers) {
    resolvers.object<CustomDataAccess>("CustomDataAccessType")
        .field("default",
               [](const CustomDataAccess& access) {
                   if (!access.default_level) return Value();
                   return Value::text(to_string(*access.default_level));
               })
        .field("grants", [](const CustomDataAccess& access) {
            return Value::list_of(access.grants, [](const Grant& grant) {
                return std::visit([](const auto& kind) { return Value::object(kind); }, grant);
            });
        });
    resolvers.object<AbsoluteGrant>("CustomDataAbsoluteAccessGrantType")
        .field("grant", level_of<AbsoluteGrant>)
        .field("granteeId", &AbsoluteGrant::grantee_id);
    resolvers.object<RelativeGrant>("CustomDataRelativeAccessGrantType")
        .field("grant", level_of<RelativeGrant>)
        .field("grantee", &RelativeGrant::grantee);
    resolvers.object<RoleGrant>("CustomDataRoleBasedAccessGrantType")
        .field("grant", level_of<RoleGrant>)
        .field("role", &RoleGrant::role);
}

}  // namespace latchkey::api
