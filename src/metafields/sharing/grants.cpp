#include "metafields/sharing/grants.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "metafields/limits.hpp"
#include "metafields/sharing/grantees.hpp"
#include "store/metafield_aliases.hpp"
#include "store/metafield_definitions.hpp"
#include "store/metafield_grants.hpp"

namespace latchkey::metafields {
namespace {

Problems one_problem(std::vector<std::string> field, std::string_view why) {
    return {{std::move(field), std::string(why)}};
}

void put_in_front(Problem& problem, std::initializer_list<std::string> path) {
    problem.field.insert(problem.field.begin(), path);
}

Problem needs_admin() {
    return {{"identifier"}, "Your app needs ADMIN on this to change who can use it."};
}

/// Writes one grant, or says what is wrong, with a path relative to the grant.
Result<std::optional<Problem>> put_one(database::WriteTransaction& tx, Viewer& viewer,
                                       const AccessTarget& target, const NewGrant& wanted,
                                       Timestamp now) {
    if (!wanted.level) return Problem{{"grant"}, "Give the level that is granted."};
    auto found = TRY(find_grantee(viewer, target, wanted.target));
    if (auto* problem = std::get_if<Problem>(&found)) return std::move(*problem);
    auto& grantee = std::get<Grantee>(found);
    const bool to_namespace = grantee.kind == GranteeKind::name_space;
    MetafieldGrantRecord grant{
        .realm_id = TRY(viewer.realm()),
        .resource = target.resource,
        .grantee = std::move(grantee),
        .level = *wanted.level,
        .member_key = to_namespace ? std::string(target.member_key) : std::string(),
        .created_at = now};
    const auto put = store::put_grant(tx, grant);
    if (!put && put.error().code == ErrorCode::conflict) {
        return Problem{{"grantee"}, "The namespace has another member of this key."};
    }
    TRY(put);
    return std::nullopt;
}

Result<void> put_default(database::WriteTransaction& tx, RealmId realm, const AccessTarget& target,
                         AccessLevel level, Timestamp now) {
    if (level == AccessLevel::none) {
        TRY(store::delete_grant(tx, target.resource, everyone()));
        return {};
    }
    return store::put_grant(tx, {.realm_id = realm,
                                 .resource = target.resource,
                                 .grantee = everyone(),
                                 .level = level,
                                 .member_key = {},
                                 .created_at = now});
}

/// The grantee that `key` is for: the one app that the change names.
const NewGrant* find_only_app(const AccessChange& change) {
    if (change.grants.size() != 1 || !change.grants.front().target.grantee_id) return nullptr;
    return &change.grants.front();
}

/// Names a definition in the grantee's reserved namespace.
Result<std::optional<Problem>> name_for_grantee(database::WriteTransaction& tx,
                                                const NamedResource& resource,
                                                const AccessChange& change, std::string_view key) {
    const NewGrant* grant = find_only_app(change);
    if (grant == nullptr || resource.target.resource.kind != ResourceKind::definition) {
        return Problem{{"key"}, "A key can be given only for one definition and one app."};
    }
    if (auto fault = find_key_fault(key)) return Problem{{"key"}, *fault};
    const ClientId grantee = parse_client_gid(*grant->target.grantee_id).value_or(ClientId{});
    const auto own = TRY(store::find_definition(tx, {grantee, "", key}));
    const DefinitionId id{resource.target.resource.id.bytes};
    const Problem in_use{{"key"}, "Key is in use in the reserved namespace of that app."};
    if (own) return in_use;
    const auto put = store::put_alias(tx, {grantee, std::string(key), id});
    if (!put && put.error().code == ErrorCode::conflict) return in_use;
    TRY(put);
    return std::nullopt;
}

Result<std::optional<Problem>> revoke_one(database::WriteTransaction& tx, Viewer& viewer,
                                          const NamedResource& resource, const Target& target) {
    auto found = TRY(find_grantee(viewer, resource.target, target));
    if (auto* problem = std::get_if<Problem>(&found)) return std::move(*problem);
    const auto& grantee = std::get<Grantee>(found);
    // Whoever can share into a namespace can take out of it; find_grantee has checked that.
    const bool out_of_namespace = grantee.kind == GranteeKind::name_space;
    if (resource.level < AccessLevel::admin && !out_of_namespace) {
        return Problem{{}, needs_admin().message};
    }
    const bool deleted = TRY(store::delete_grant(tx, resource.target.resource, grantee));
    if (!deleted) return Problem{{}, "Nothing is granted to this target."};
    if (grantee.kind == GranteeKind::app) {
        const ClientId app = ClientId::from_text(grantee.name).value_or(ClientId{});
        TRY(store::delete_alias(tx, app, {resource.target.resource.id.bytes}));
    }
    return std::nullopt;
}

Result<std::optional<std::vector<MetafieldGrantRecord>>> list_for(Viewer& viewer, AccessLevel level,
                                                                  const Resource& resource) {
    if (level < AccessLevel::admin) return std::nullopt;
    auto grants = TRY(store::list_grants(viewer.tx(), resource));
    return grants;
}

}  // namespace

Result<Problems> apply_access(database::WriteTransaction& tx, Viewer& viewer,
                              const AccessTarget& target, const AccessChange& change,
                              Timestamp now) {
    const auto there = TRY(store::list_grants(tx, target.resource));
    if (there.size() + change.grants.size() > max_grants_per_resource) {
        return one_problem({"grants"}, fmt::format("At most {} grants can be made on one thing.",
                                                   max_grants_per_resource));
    }
    Problems problems;
    for (std::size_t i = 0; i < change.grants.size(); ++i) {
        auto problem = TRY(put_one(tx, viewer, target, change.grants[i], now));
        if (!problem) continue;
        put_in_front(*problem, {"grants", std::to_string(i)});
        problems.push_back(std::move(*problem));
    }
    if (change.default_level) {
        const RealmId realm = TRY(viewer.realm());
        TRY(put_default(tx, realm, target, *change.default_level, now));
    }
    return problems;
}

Result<Problems> grant_access(database::WriteTransaction& tx, const Caller& caller,
                              const Identifier& identifier, const AccessChange& change,
                              std::optional<std::string_view> key, Timestamp now) {
    TRY(check_may_share(caller));
    Viewer viewer(tx, caller.client_id);
    auto resource = TRY(find_resource(viewer, identifier));
    if (!resource) return Problems{no_such_resource()};
    if (resource->level < AccessLevel::admin) return Problems{needs_admin()};
    resource->target.member_key = resource->own_key;
    Problems problems = TRY(apply_access(tx, viewer, resource->target, change, now));
    for (Problem& problem : problems) put_in_front(problem, {"access"});
    if (key && problems.empty()) {
        auto problem = TRY(name_for_grantee(tx, *resource, change, *key));
        if (problem) problems.push_back(std::move(*problem));
    }
    return problems;
}

Result<Problems> revoke_access(database::WriteTransaction& tx, const Caller& caller,
                               const Identifier& identifier, std::span<const Target> targets) {
    if (targets.size() > max_grants_per_resource) {
        return one_problem(
            {"targets"}, fmt::format("At most {} targets can be given.", max_grants_per_resource));
    }
    Viewer viewer(tx, caller.client_id);
    const auto resource = TRY(find_resource(viewer, identifier));
    if (!resource) return Problems{no_such_resource()};
    Problems problems;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        auto problem = TRY(revoke_one(tx, viewer, *resource, targets[i]));
        if (!problem) continue;
        put_in_front(*problem, {"targets", std::to_string(i)});
        problems.push_back(std::move(*problem));
    }
    return problems;
}

Result<std::optional<std::vector<MetafieldGrantRecord>>> list_access(
    Viewer& viewer, const MetafieldDefinitionRecord& definition) {
    const AccessLevel level = TRY(viewer.level_on(definition));
    return list_for(viewer, level, resource_of(definition.id));
}

Result<std::optional<std::vector<MetafieldGrantRecord>>> list_access(
    Viewer& viewer, const NamespaceRecord& name_space) {
    const AccessLevel level = TRY(viewer.level_on(name_space));
    return list_for(viewer, level, resource_of(name_space.id));
}

}  // namespace latchkey::metafields
