#include "metafields/namespaces.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "metafields/limits.hpp"
#include "metafields/sharing/resolve.hpp"
#include "store/metafield_definitions.hpp"
#include "store/metafield_grants.hpp"
#include "store/metafield_namespaces.hpp"

namespace latchkey::metafields {
namespace {

constexpr std::string_view key_in_use = "Key is in use by another namespace or definition.";

NamespaceOutcome refused(std::vector<std::string> field, std::string_view why) {
    return {std::nullopt, {{std::move(field), std::string(why)}}};
}

void note(Problems& problems, std::string_view field, const std::optional<std::string>& fault) {
    if (fault) problems.push_back({{std::string(field)}, *fault});
}

Problem not_found(std::initializer_list<std::string> field) {
    return {field, "There is no namespace of this name that your app can use."};
}

Result<SeenNamespace> see(database::ReadTransaction& tx, NamespaceRecord record) {
    SeenNamespace seen{std::move(record), std::nullopt};
    if (seen.record.parent_id == NamespaceId{}) return seen;
    const auto parent = TRY(store::find_namespace(tx, seen.record.parent_id));
    if (parent) seen.parent_path = TRY(path_of(tx, *parent));
    return seen;
}

/// A request's identifier finds definitions before namespaces, so the two share their keys.
Result<bool> is_key_taken(Viewer& viewer, const NamespaceRecord& wanted) {
    const auto twin =
        TRY(store::find_namespace(viewer.tx(), wanted.realm_id, wanted.parent_id, wanted.key));
    if (twin && twin->id != wanted.id) return true;
    if (wanted.parent_id != NamespaceId{}) {
        const auto member = TRY(store::find_member(viewer.tx(), wanted.parent_id, wanted.key));
        return member.has_value();
    }
    const auto definition =
        TRY(store::find_definition(viewer.tx(), {viewer.client_id(), "", wanted.key}));
    return definition.has_value();
}

/// What the namespace's place says against its name.
Result<std::optional<Problem>> check_place(Viewer& viewer, const NamespaceRecord& wanted) {
    const std::string path = TRY(path_of(viewer.tx(), wanted));
    if (auto fault = find_namespace_fault(path)) return Problem{{"key"}, *fault};
    if (static_cast<std::size_t>(std::ranges::count(path, '.')) >= max_namespace_depth) {
        return Problem{
            {"namespace"},
            fmt::format("Namespaces can be nested {} deep at most.", max_namespace_depth)};
    }
    const bool taken = TRY(is_key_taken(viewer, wanted));
    if (taken) return Problem{{"key"}, std::string(key_in_use)};
    return std::nullopt;
}

/// The parent of a new namespace: all zero at the top.
Result<std::optional<NamespaceId>> find_parent(Viewer& viewer, const Identifier& identifier,
                                               Problems& problems) {
    if (find_reserved_owner(viewer.client_id(), identifier.name_space) == viewer.client_id()) {
        return NamespaceId{};
    }
    const auto parent = TRY(resolve_path(viewer, *identifier.name_space));
    if (!parent) {
        problems.push_back(not_found({"namespace"}));
        return std::nullopt;
    }
    if (parent->level < AccessLevel::admin) {
        problems.push_back({{"namespace"}, "Your app needs ADMIN on the namespace around it."});
        return std::nullopt;
    }
    return parent->record.id;
}

Problems check_texts(const NewNamespace& wanted) {
    Problems problems;
    note(problems, "key", find_namespace_key_fault(wanted.identifier.key));
    note(problems, "name", find_name_fault(wanted.name));
    note(problems, "description", find_description_fault(wanted.description));
    return problems;
}

Problems check_texts(const NamespaceChange& change) {
    Problems problems;
    if (change.key) note(problems, "key", find_namespace_key_fault(*change.key));
    if (change.name) note(problems, "name", find_name_fault(*change.name));
    if (change.description) {
        note(problems, "description", find_description_fault(*change.description));
    }
    return problems;
}

Result<Problems> apply(database::WriteTransaction& tx, Viewer& viewer,
                       const NamespaceRecord& record, const std::optional<AccessChange>& access,
                       Timestamp now) {
    if (!access) return Problems{};
    const AccessTarget target{resource_of(record.id), record.client_id, {}};
    Problems problems = TRY(apply_access(tx, viewer, target, *access, now));
    for (Problem& problem : problems) problem.field.insert(problem.field.begin(), "access");
    return problems;
}

}  // namespace

Result<NamespaceOutcome> create_namespace(database::WriteTransaction& tx, Random& random,
                                          const Caller& caller, const NewNamespace& wanted,
                                          Timestamp now) {
    TRY(check_may_make_namespaces(caller));
    if (wanted.access) TRY(check_may_share(caller));
    Problems problems = check_texts(wanted);
    if (!problems.empty()) return NamespaceOutcome{std::nullopt, std::move(problems)};
    Viewer viewer(tx, caller.client_id);
    const auto parent = TRY(find_parent(viewer, wanted.identifier, problems));
    if (!parent) return NamespaceOutcome{std::nullopt, std::move(problems)};
    NamespaceRecord record{.id = make_id<NamespaceId>(random),
                           .realm_id = TRY(viewer.realm()),
                           .client_id = caller.client_id,
                           .parent_id = *parent,
                           .key = std::string(wanted.identifier.key),
                           .name = std::string(wanted.name),
                           .description = std::string(wanted.description),
                           .created_at = now,
                           .updated_at = now};
    auto problem = TRY(check_place(viewer, record));
    if (problem) return NamespaceOutcome{std::nullopt, {std::move(*problem)}};
    const auto own = TRY(store::list_namespaces(tx, caller.client_id, max_namespaces_per_client));
    if (own.size() >= static_cast<std::size_t>(max_namespaces_per_client)) {
        return refused({"key"}, fmt::format("Your app can have at most {} namespaces.",
                                            max_namespaces_per_client));
    }
    TRY(store::insert_namespace(tx, record));
    problems = TRY(apply(tx, viewer, record, wanted.access, now));
    if (!problems.empty()) return NamespaceOutcome{std::nullopt, std::move(problems)};
    auto seen = TRY(see(tx, std::move(record)));
    return NamespaceOutcome{std::move(seen), {}};
}

Result<NamespaceOutcome> update_namespace(database::WriteTransaction& tx, const Caller& caller,
                                          const NamespaceChange& change, Timestamp now) {
    if (change.access) TRY(check_may_share(caller));
    Problems problems = check_texts(change);
    if (!problems.empty()) return NamespaceOutcome{std::nullopt, std::move(problems)};
    Viewer viewer(tx, caller.client_id);
    auto found = TRY(resolve_namespace(viewer, change.identifier));
    if (!found) return NamespaceOutcome{std::nullopt, {not_found({"identifier", "key"})}};
    if (found->level < AccessLevel::admin) {
        return refused({"identifier"}, "Your app needs ADMIN on the namespace to change it.");
    }
    NamespaceRecord record = std::move(found->record);
    if (change.name) record.name = *change.name;
    if (change.description) record.description = *change.description;
    record.updated_at = now;
    if (change.key && *change.key != record.key) {
        record.key = *change.key;
        auto problem = TRY(check_place(viewer, record));
        if (problem) return NamespaceOutcome{std::nullopt, {std::move(*problem)}};
    }
    TRY(store::update_namespace(tx, record));
    problems = TRY(apply(tx, viewer, record, change.access, now));
    if (!problems.empty()) return NamespaceOutcome{std::nullopt, std::move(problems)};
    auto seen = TRY(see(tx, std::move(record)));
    return NamespaceOutcome{std::move(seen), {}};
}

Result<NamespaceOutcome> delete_namespace(database::WriteTransaction& tx, const Caller& caller,
                                          const Identifier& identifier) {
    Viewer viewer(tx, caller.client_id);
    auto found = TRY(resolve_namespace(viewer, identifier));
    if (!found) return NamespaceOutcome{std::nullopt, {not_found({"key"})}};
    if (found->level < AccessLevel::admin) {
        return refused({"key"}, "Your app needs ADMIN on the namespace to delete it.");
    }
    const auto nested = TRY(store::list_nested(tx, found->record, 1));
    if (!nested.empty()) return refused({"key"}, "Delete the namespaces that are in it first.");
    auto seen = TRY(see(tx, std::move(found->record)));
    TRY(store::delete_namespace(tx, seen.record.id));
    return NamespaceOutcome{std::move(seen), {}};
}

}  // namespace latchkey::metafields
