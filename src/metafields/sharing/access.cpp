#include "metafields/sharing/access.hpp"

#include <algorithm>

#include "metafields/limits.hpp"
#include "store/client_roles.hpp"
#include "store/clients.hpp"
#include "store/metafield_grants.hpp"
#include "store/metafield_namespaces.hpp"

namespace latchkey::metafields {

Result<RealmId> Viewer::realm() {
    if (!realm_) {
        const auto realm = TRY(store::find_realm_of_client(tx_, client_id_));
        realm_ = realm.value_or(RealmId{});
    }
    return *realm_;
}

Result<std::vector<Grantee>> Viewer::identities() {
    if (!identities_) {
        std::vector<Grantee> all{everyone(), grantee_of(client_id_)};
        auto roles = TRY(store::list_roles(tx_, client_id_));
        for (std::string& role : roles) all.push_back(role_grantee(std::move(role)));
        identities_ = std::move(all);
    }
    return *identities_;
}

Result<AccessLevel> Viewer::granted(const std::vector<MetafieldGrantRecord>& grants) {
    AccessLevel level = AccessLevel::none;
    if (grants.empty()) return level;
    const RealmId own_realm = TRY(realm());
    const auto own = TRY(identities());
    for (const MetafieldGrantRecord& grant : grants) {
        if (grant.realm_id != own_realm) continue;  // everyone and a role mean its realm's
        if (std::ranges::find(own, grant.grantee) == own.end()) continue;
        level = std::max(level, grant.level);
    }
    return level;
}

Result<AccessLevel> Viewer::level_on(const MetafieldDefinitionRecord& definition) {
    if (definition.client_id == client_id_) return AccessLevel::admin;
    const auto grants = TRY(store::list_grants(tx_, resource_of(definition.id)));
    AccessLevel level = TRY(granted(grants));
    for (const MetafieldGrantRecord& grant : grants) {
        if (grant.grantee.kind != GranteeKind::name_space || grant.level <= level) continue;
        const auto id = NamespaceId::from_text(grant.grantee.name);
        const auto name_space = TRY(store::find_namespace(tx_, id.value_or(NamespaceId{})));
        if (!name_space) continue;
        const AccessLevel inside = TRY(level_on(*name_space));
        level = std::max(level, std::min(grant.level, inside));
    }
    return level;
}

Result<AccessLevel> Viewer::level_on(const NamespaceRecord& name_space) {
    AccessLevel level = AccessLevel::none;
    std::optional<NamespaceRecord> at = name_space;
    for (std::size_t depth = 0; at && depth < max_namespace_depth; ++depth) {
        if (at->client_id == client_id_) return AccessLevel::admin;
        const auto grants = TRY(store::list_grants(tx_, resource_of(at->id)));
        const AccessLevel here = TRY(granted(grants));
        level = std::max(level, here);
        if (at->parent_id == NamespaceId{}) break;
        at = TRY(store::find_namespace(tx_, at->parent_id));
    }
    return level;
}

}  // namespace latchkey::metafields
