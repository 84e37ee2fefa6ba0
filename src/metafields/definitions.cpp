#include "metafields/definitions.hpp"

#include <fmt/format.h>

#include "metafields/limits.hpp"
#include "metafields/sharing/resolve.hpp"
#include "metafields/types/type.hpp"
#include "metafields/validation/validations.hpp"
#include "store/metafield_aliases.hpp"
#include "store/metafield_definitions.hpp"
#include "store/metafield_namespaces.hpp"

namespace latchkey::metafields {
namespace {

/// What can be said without asking the store.
Problems check_input(const NewDefinition& wanted) {
    Problems problems;
    const auto note = [&](std::string_view field, const std::optional<std::string>& fault) {
        if (fault) problems.push_back({{std::string(field)}, *fault});
    };
    note("key", find_key_fault(wanted.identifier.key));
    note("name", find_name_fault(wanted.name));
    note("description", find_description_fault(wanted.description));
    const auto type = find_type(wanted.type);
    if (!type) {
        note("type", fmt::format("Type must be one of {}.", fmt::join(list_type_names(), ", ")));
        return problems;
    }
    Problems rules = check_validations(*type, wanted.validations);
    std::ranges::move(rules, std::back_inserter(problems));
    return problems;
}

MetafieldDefinitionRecord make_definition(Random& random, ClientId client_id,
                                          const NewDefinition& wanted, Timestamp now) {
    return {
        .id = make_id<DefinitionId>(random),
        .client_id = client_id,
        .name_space = "",
        .key = std::string(wanted.identifier.key),
        .name = std::string(wanted.name),
        .description = std::string(wanted.description),
        .type = std::string(wanted.type),
        .validations = wanted.validations,
        .created_at = now,
        .updated_at = now,
    };
}

/// Shares a new definition with its namespace, at READ, and with whom its access names.
Result<Problems> share_new(database::WriteTransaction& tx, Viewer& viewer,
                           const MetafieldDefinitionRecord& definition, const NewDefinition& wanted,
                           Timestamp now) {
    const AccessTarget target{resource_of(definition.id), definition.client_id, definition.key};
    const auto& name_space = wanted.identifier.name_space;
    if (find_reserved_owner(definition.client_id, name_space) != definition.client_id) {
        const NewGrant grant{{*name_space, std::nullopt, std::nullopt}, AccessLevel::read};
        Problems problems = TRY(apply_access(tx, viewer, target, {std::nullopt, {grant}}, now));
        for (Problem& problem : problems) problem.field = {"namespace"};
        if (!problems.empty()) return problems;
    }
    if (!wanted.access) return Problems{};
    Problems problems = TRY(apply_access(tx, viewer, target, *wanted.access, now));
    for (Problem& problem : problems) problem.field.insert(problem.field.begin(), "access");
    return problems;
}

DefinitionOutcome refused(std::string_view field, std::string message) {
    return {std::nullopt, {{{std::string(field)}, std::move(message)}}};
}

}  // namespace

Result<DefinitionOutcome> define_metafield(database::WriteTransaction& tx, Random& random,
                                           const Caller& caller, const NewDefinition& wanted,
                                           Timestamp now) {
    const auto& name_space = wanted.identifier.name_space;
    const bool to_share = find_reserved_owner(caller.client_id, name_space) != caller.client_id;
    if (to_share || wanted.access) TRY(check_may_share(caller));
    Problems problems = check_input(wanted);
    if (!problems.empty()) return DefinitionOutcome{std::nullopt, std::move(problems)};

    Viewer viewer(tx, caller.client_id);
    const std::int64_t count = TRY(store::count_definitions(tx, caller.client_id));
    if (count >= max_definitions_per_client) {
        return refused("key", fmt::format("Your app can have at most {} metafield definitions.",
                                          max_definitions_per_client));
    }
    const RealmId realm = TRY(viewer.realm());
    const auto twin = TRY(store::find_namespace(tx, realm, NamespaceId{}, wanted.identifier.key));
    if (twin && twin->client_id == caller.client_id) {
        return refused("key", "Key is in use by one of your app's namespaces.");
    }
    auto definition = make_definition(random, caller.client_id, wanted, now);
    // The store's own constraint decides, so that of two requests at once only one can win.
    const auto inserted = store::insert_definition(tx, definition);
    if (!inserted && inserted.error().code == ErrorCode::conflict) {
        return refused("key", "Key is in use by another of your app's definitions.");
    }
    TRY(inserted);
    // An own definition comes before another app's under the same name.
    TRY(store::delete_alias(tx, caller.client_id, wanted.identifier.key));

    problems = TRY(share_new(tx, viewer, definition, wanted, now));
    if (!problems.empty()) return DefinitionOutcome{std::nullopt, std::move(problems)};
    if (to_share) definition.name_space = *name_space;
    return DefinitionOutcome{std::move(definition), {}};
}

Result<std::optional<MetafieldDefinitionRecord>> find_definition(database::ReadTransaction& tx,
                                                                 ClientId client_id,
                                                                 const Identifier& identifier) {
    Viewer viewer(tx, client_id);
    auto resolved = TRY(resolve_definition(viewer, identifier));
    if (!resolved) return std::nullopt;
    return std::move(resolved->definition);
}

Result<Slice<MetafieldDefinitionRecord>> list_definitions(database::ReadTransaction& tx,
                                                          ClientId client_id,
                                                          std::span<const Identifier> identifiers,
                                                          const store::Page& page) {
    using Definitions = std::vector<MetafieldDefinitionRecord>;
    if (!identifiers.empty()) {
        const auto look_up = [&](const Identifier& identifier) {
            return find_definition(tx, client_id, identifier);
        };
        const auto named = TRY(collect_named<MetafieldDefinitionRecord>(identifiers, look_up));
        return cut_page<MetafieldDefinitionRecord>(
            page, [&](const store::Page& wanted) -> Result<Definitions> {
                return take_page(named, wanted);
            });
    }
    Viewer viewer(tx, client_id);
    const auto shared = TRY(SharedDefinitions::load(viewer));
    const auto load = [&](DefinitionId id) -> Result<std::optional<MetafieldDefinitionRecord>> {
        auto found = TRY(store::find_definition(tx, id));
        if (!found || found->client_id == client_id) return std::nullopt;
        shared.rename(*found);
        return found;
    };
    return cut_page<MetafieldDefinitionRecord>(
        page, [&](const store::Page& wanted) -> Result<Definitions> {
            auto own = TRY(store::list_definitions(tx, client_id, wanted));
            return merge_shared(wanted, std::move(own), shared.ids(), load);
        });
}

}  // namespace latchkey::metafields
