#include "metafields/sharing/resolve.hpp"

#include <algorithm>

#include "metafields/limits.hpp"
#include "store/metafield_aliases.hpp"
#include "store/metafield_definitions.hpp"
#include "store/metafield_grants.hpp"
#include "store/metafield_namespaces.hpp"

namespace latchkey::metafields {
namespace {

constexpr char path_separator = '.';

/// The namespace at a path, whoever may know of it.
Result<std::optional<NamespaceRecord>> find_at_path(Viewer& viewer, std::string_view path) {
    std::optional<NamespaceRecord> at;
    if (find_namespace_fault(path)) return at;
    const RealmId realm = TRY(viewer.realm());
    for (std::size_t depth = 0; depth < max_namespace_depth; ++depth) {
        const std::size_t end = path.find(path_separator);
        const NamespaceId parent = at ? at->id : NamespaceId{};
        at = TRY(store::find_namespace(viewer.tx(), realm, parent, path.substr(0, end)));
        if (!at || end == std::string_view::npos) return at;
        path.remove_prefix(end + 1);
    }
    return std::nullopt;
}

/// A definition that was found, unless the app may not read it.
Result<std::optional<ResolvedDefinition>> admit(Viewer& viewer,
                                                std::optional<MetafieldDefinitionRecord> definition,
                                                Route route) {
    if (!definition) return std::nullopt;
    const AccessLevel level = TRY(viewer.level_on(*definition));
    if (level == AccessLevel::none) return std::nullopt;
    std::string owner_key = definition->key;
    return ResolvedDefinition{.definition = std::move(*definition),
                              .level = level,
                              .route = route,
                              .owner_key = std::move(owner_key),
                              .name_space = std::nullopt};
}

Result<std::optional<ResolvedDefinition>> resolve_alias(Viewer& viewer, std::string_view key) {
    const auto id = TRY(store::find_alias(viewer.tx(), viewer.client_id(), key));
    if (!id) return std::nullopt;
    auto definition = TRY(store::find_definition(viewer.tx(), *id));
    auto resolved = TRY(admit(viewer, std::move(definition), Route::alias));
    if (resolved) {
        resolved->definition.key = key;
        resolved->definition.name_space = reserved_namespace(viewer.client_id());
    }
    return resolved;
}

Result<std::optional<ResolvedDefinition>> resolve_member(Viewer& viewer,
                                                         const Identifier& identifier) {
    auto name_space = TRY(resolve_path(viewer, *identifier.name_space));
    if (!name_space) return std::nullopt;
    const auto member = TRY(store::find_member(viewer.tx(), name_space->record.id, identifier.key));
    if (!member) return std::nullopt;
    const DefinitionId id{member->resource.id.bytes};
    auto definition = TRY(store::find_definition(viewer.tx(), id));
    auto resolved = TRY(admit(viewer, std::move(definition), Route::name_space));
    if (resolved) {
        resolved->definition.key = identifier.key;
        resolved->definition.name_space = *identifier.name_space;
        resolved->name_space = std::move(name_space->record);
    }
    return resolved;
}

/// The namespaces that an app has a level on, nested ones included.
Result<std::vector<NamespaceRecord>> list_readable_namespaces(
    Viewer& viewer, const std::vector<MetafieldGrantRecord>& granted) {
    auto all =
        TRY(store::list_namespaces(viewer.tx(), viewer.client_id(), max_namespaces_per_client));
    for (const MetafieldGrantRecord& grant : granted) {
        if (grant.resource.kind != ResourceKind::name_space) continue;
        auto found = TRY(store::find_namespace(viewer.tx(), {grant.resource.id.bytes}));
        if (found) all.push_back(std::move(*found));
    }
    // Grows while it is walked: the nested ones of nested ones come in turn.
    for (std::size_t i = 0; i < all.size() && i < max_grants_to_one; ++i) {
        auto nested = TRY(store::list_nested(viewer.tx(), all[i], max_grants_to_one));
        for (NamespaceRecord& inner : nested) {
            const bool known = std::ranges::find(all, inner.id, &NamespaceRecord::id) != all.end();
            if (!known) all.push_back(std::move(inner));
        }
    }
    return all;
}

}  // namespace

Result<std::optional<ResolvedDefinition>> resolve_definition(Viewer& viewer,
                                                             const Identifier& identifier) {
    const auto owner = find_reserved_owner(viewer.client_id(), identifier.name_space);
    if (!owner) return resolve_member(viewer, identifier);
    auto definition = TRY(store::find_definition(viewer.tx(), {*owner, "", identifier.key}));
    const bool is_own = *owner == viewer.client_id();
    if (!definition && is_own) return resolve_alias(viewer, identifier.key);
    return admit(viewer, std::move(definition), is_own ? Route::own : Route::owner);
}

Result<std::optional<ResolvedNamespace>> resolve_path(Viewer& viewer, std::string_view path) {
    auto found = TRY(find_at_path(viewer, path));
    if (!found) return std::nullopt;
    const AccessLevel level = TRY(viewer.level_on(*found));
    if (level == AccessLevel::none) return std::nullopt;
    return ResolvedNamespace{std::move(*found), level};
}

Result<std::optional<ResolvedNamespace>> resolve_namespace(Viewer& viewer,
                                                           const Identifier& identifier) {
    if (find_reserved_owner(viewer.client_id(), identifier.name_space) == viewer.client_id()) {
        return resolve_path(viewer, identifier.key);
    }
    if (!identifier.name_space) return std::nullopt;
    std::string path(*identifier.name_space);
    path += path_separator;
    path += identifier.key;
    return resolve_path(viewer, path);
}

Result<std::string> path_of(database::ReadTransaction& tx, const NamespaceRecord& name_space) {
    std::string path = name_space.key;
    NamespaceId parent = name_space.parent_id;
    while (parent != NamespaceId{} && path.size() <= max_namespace_length) {
        const auto found = TRY(store::find_namespace(tx, parent));
        if (!found) break;
        path.insert(0, 1, path_separator);
        path.insert(0, found->key);
        parent = found->parent_id;
    }
    return path;
}

Result<SharedDefinitions> SharedDefinitions::load(Viewer& viewer) {
    SharedDefinitions shared;
    const bool anything = TRY(store::has_grants(viewer.tx()));
    if (!anything) return shared;
    std::vector<MetafieldGrantRecord> granted;
    const RealmId realm = TRY(viewer.realm());
    const auto identities = TRY(viewer.identities());
    for (const Grantee& grantee : identities) {
        auto grants = TRY(store::list_granted(viewer.tx(), realm, grantee, max_grants_to_one));
        std::ranges::move(grants, std::back_inserter(granted));
    }
    std::erase_if(granted, [](const auto& grant) { return grant.level == AccessLevel::none; });
    const auto namespaces = TRY(list_readable_namespaces(viewer, granted));
    for (const NamespaceRecord& name_space : namespaces) {
        auto members = TRY(
            store::list_granted(viewer.tx(), realm, grantee_of(name_space.id), max_grants_to_one));
        const std::string path = TRY(path_of(viewer.tx(), name_space));
        for (const MetafieldGrantRecord& member : members) {
            shared.names_[{member.resource.id.bytes}] = {path, member.member_key};
        }
        std::ranges::move(members, std::back_inserter(granted));
    }
    for (const MetafieldGrantRecord& grant : granted) {
        if (grant.resource.kind != ResourceKind::definition) continue;
        shared.ids_.push_back({grant.resource.id.bytes});
    }
    std::ranges::sort(shared.ids_);
    const auto repeats = std::ranges::unique(shared.ids_);
    shared.ids_.erase(repeats.begin(), repeats.end());

    // The app's own name comes before a namespace's.
    if (shared.ids_.empty()) return shared;
    const auto aliases = TRY(store::list_aliases(viewer.tx(), viewer.client_id()));
    for (const AliasRecord& alias : aliases) {
        shared.names_[alias.definition_id] = {reserved_namespace(viewer.client_id()), alias.key};
    }
    return shared;
}

void SharedDefinitions::rename(MetafieldDefinitionRecord& definition) const {
    const auto name = names_.find(definition.id);
    if (name == names_.end()) return;
    definition.name_space = name->second.name_space;
    definition.key = name->second.key;
}

}  // namespace latchkey::metafields
