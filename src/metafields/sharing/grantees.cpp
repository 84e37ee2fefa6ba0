#include "metafields/sharing/grantees.hpp"

#include "metafields/sharing/resolve.hpp"
#include "store/client_roles.hpp"
#include "store/clients.hpp"

namespace latchkey::metafields {
namespace {

FoundGrantee refused(std::string_view field, std::string_view why) {
    return Problem{{std::string(field)}, std::string(why)};
}

Result<FoundGrantee> find_app(Viewer& viewer, const AccessTarget& resource, std::string_view gid) {
    const auto id = parse_client_gid(gid);
    if (!id) {
        return refused("granteeId",
                       "Must be the global ID of an app, gid://shopify/Client/ and its client ID.");
    }
    if (*id == resource.owner) return refused("granteeId", "The owner has ADMIN already.");
    const RealmId realm = TRY(viewer.realm());
    const auto app = TRY(store::find_client(viewer.tx(), realm, *id));
    if (!app) return refused("granteeId", "There is no app of this ID.");
    return grantee_of(*id);
}

Result<FoundGrantee> find_role(Viewer& viewer, std::string_view role) {
    const RealmId realm = TRY(viewer.realm());
    const bool exists = TRY(store::has_members(viewer.tx(), realm, role));
    if (!exists) return refused("role", "There is no role group of this name.");
    return role_grantee(std::string(role));
}

Result<FoundGrantee> find_namespace_grantee(Viewer& viewer, const AccessTarget& resource,
                                            std::string_view path) {
    if (resource.resource.kind == ResourceKind::name_space) {
        return refused("grantee", "A namespace can't be granted to a namespace.");
    }
    const auto name_space = TRY(resolve_path(viewer, path));
    if (!name_space) {
        return refused("grantee", "There is no namespace of this name that your app can use.");
    }
    if (name_space->level < AccessLevel::write) {
        return refused("grantee", "Your app needs WRITE on the namespace to share into it.");
    }
    return grantee_of(name_space->record.id);
}

}  // namespace

Result<FoundGrantee> find_grantee(Viewer& viewer, const AccessTarget& resource,
                                  const Target& target) {
    const int given = int{target.grantee.has_value()} + int{target.grantee_id.has_value()} +
                      int{target.role.has_value()};
    if (given != 1) {
        return FoundGrantee(Problem{{}, "Give exactly one of grantee, granteeId and role."});
    }
    if (target.grantee_id) return find_app(viewer, resource, *target.grantee_id);
    if (target.role) return find_role(viewer, *target.role);
    return find_namespace_grantee(viewer, resource, *target.grantee);
}

Result<std::optional<NamedResource>> find_resource(Viewer& viewer, const Identifier& identifier) {
    auto definition = TRY(resolve_definition(viewer, identifier));
    if (definition) {
        return NamedResource{{resource_of(definition->definition.id),
                              definition->definition.client_id, std::string_view()},
                             definition->level,
                             std::move(definition->owner_key)};
    }
    const auto name_space = TRY(resolve_namespace(viewer, identifier));
    if (!name_space) return std::nullopt;
    return NamedResource{
        {resource_of(name_space->record.id), name_space->record.client_id, std::string_view()},
        name_space->level,
        std::string()};
}

Problem no_such_resource() {
    return {{"identifier", "key"},
            "There is no metafield definition or namespace of this key that your app can use."};
}

}  // namespace latchkey::metafields
