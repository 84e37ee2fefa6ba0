// Changing and deleting definitions (declared in metafields/definitions.hpp).

#include <algorithm>

#include "metafields/definitions.hpp"
#include "metafields/sharing/resolve.hpp"
#include "metafields/types/type.hpp"
#include "metafields/validation/validations.hpp"
#include "store/metafield_aliases.hpp"
#include "store/metafield_definitions.hpp"
#include "store/metafield_grants.hpp"

namespace latchkey::metafields {
namespace {

constexpr std::string_view no_such_definition =
    "There is no metafield definition of this key that your app can use.";

DefinitionOutcome refused(std::vector<std::string> field, std::string_view why) {
    return {std::nullopt, {{std::move(field), std::string(why)}}};
}

/// What the caller's level says against the change.
std::optional<Problem> check_rights(const ResolvedDefinition& resolved, ClientId client_id,
                                    const DefinitionChange& change) {
    const bool is_owner = resolved.definition.client_id == client_id;
    const auto owners_alone = [&](std::string_view field) -> Problem {
        return {{std::string(field)}, "Only the app that owns the definition can change this."};
    };
    if (change.name && !is_owner) return owners_alone("name");
    if (change.description && !is_owner) return owners_alone("description");
    if (change.validations && !is_owner) return owners_alone("validations");
    if (change.access && resolved.level < AccessLevel::admin) {
        return Problem{{"access"}, "Your app needs ADMIN on this to change who can use it."};
    }
    return std::nullopt;
}

Problems check_texts(const MetafieldDefinitionRecord& definition, const DefinitionChange& change) {
    Problems problems;
    const auto note = [&](std::string_view field, const std::optional<std::string>& fault) {
        if (fault) problems.push_back({{std::string(field)}, *fault});
    };
    if (change.key) note("key", find_key_fault(*change.key));
    if (change.name) note("name", find_name_fault(*change.name));
    if (change.description) note("description", find_description_fault(*change.description));
    if (!change.validations) return problems;
    const auto type = find_type(definition.type);
    if (!type) {
        note("validations", "The definition's type is not one this server knows.");
        return problems;
    }
    Problems rules = check_validations(*type, *change.validations);
    std::ranges::move(rules, std::back_inserter(problems));
    return problems;
}

/// The owner's change of everything but the key.
Result<void> change_record(database::WriteTransaction& tx, ResolvedDefinition& resolved,
                           const DefinitionChange& change, Timestamp now) {
    MetafieldDefinitionRecord& definition = resolved.definition;
    if (change.name) definition.name = *change.name;
    if (change.description) definition.description = *change.description;
    if (change.validations) definition.validations = *change.validations;
    definition.updated_at = now;
    MetafieldDefinitionRecord record = definition;
    record.key = resolved.owner_key;
    return store::update_definition(tx, record);
}

/// Errors: conflict.
Result<void> rename_own(database::WriteTransaction& tx, const ResolvedDefinition& resolved,
                        std::string_view key) {
    MetafieldDefinitionRecord record = resolved.definition;
    record.key = key;
    TRY(store::update_definition(tx, record));
    return store::delete_alias(tx, record.client_id, key);
}

/// The caller's own name for another app's definition. Errors: conflict.
Result<void> set_alias(database::WriteTransaction& tx, ClientId client_id, DefinitionId id,
                       std::string_view key) {
    const auto own = TRY(store::find_definition(tx, {client_id, "", key}));
    if (own) return fail(ErrorCode::conflict, "The key is in use.");
    return store::put_alias(tx, {client_id, std::string(key), id});
}

/// Gives the definition the new key wherever the caller's route to it leads. Errors: conflict.
Result<void> rename(database::WriteTransaction& tx, Viewer& viewer, ResolvedDefinition& resolved,
                    std::string_view key) {
    MetafieldDefinitionRecord& definition = resolved.definition;
    const bool is_owner = definition.client_id == viewer.client_id();
    AccessLevel around = AccessLevel::none;
    if (resolved.name_space) around = TRY(viewer.level_on(*resolved.name_space));
    if (around == AccessLevel::admin) {
        TRY(store::rename_member(tx, resolved.name_space->id, definition.id, key));
    } else if (is_owner) {
        TRY(rename_own(tx, resolved, key));
        definition.name_space.clear();
    } else {
        TRY(set_alias(tx, viewer.client_id(), definition.id, key));
        definition.name_space = reserved_namespace(viewer.client_id());
    }
    definition.key = key;
    return {};
}

Result<void> write_change(database::WriteTransaction& tx, Viewer& viewer,
                          ResolvedDefinition& resolved, const DefinitionChange& change,
                          Timestamp now) {
    if (resolved.definition.client_id == viewer.client_id()) {
        TRY(change_record(tx, resolved, change, now));
    }
    if (change.key) TRY(rename(tx, viewer, resolved, *change.key));
    return {};
}

}  // namespace

Result<DefinitionOutcome> change_definition(database::WriteTransaction& tx, const Caller& caller,
                                            const DefinitionChange& change, Timestamp now) {
    if (change.access) TRY(check_may_share(caller));
    Viewer viewer(tx, caller.client_id);
    auto resolved = TRY(resolve_definition(viewer, change.identifier));
    if (!resolved) return refused({"identifier", "key"}, no_such_definition);
    if (auto problem = check_rights(*resolved, caller.client_id, change)) {
        return DefinitionOutcome{std::nullopt, {std::move(*problem)}};
    }
    Problems problems = check_texts(resolved->definition, change);
    if (!problems.empty()) return DefinitionOutcome{std::nullopt, std::move(problems)};

    const auto written = write_change(tx, viewer, *resolved, change, now);
    if (!written && written.error().code == ErrorCode::conflict) {
        return refused({"key"}, "Key is in use by another definition.");
    }
    TRY(written);
    if (change.access) {
        const AccessTarget target{resource_of(resolved->definition.id),
                                  resolved->definition.client_id, resolved->owner_key};
        problems = TRY(apply_access(tx, viewer, target, *change.access, now));
        for (Problem& problem : problems) problem.field.insert(problem.field.begin(), "access");
        if (!problems.empty()) return DefinitionOutcome{std::nullopt, std::move(problems)};
    }
    return DefinitionOutcome{std::move(resolved->definition), {}};
}

Result<DefinitionOutcome> delete_definition(database::WriteTransaction& tx, const Caller& caller,
                                            const Identifier& identifier) {
    Viewer viewer(tx, caller.client_id);
    auto resolved = TRY(resolve_definition(viewer, identifier));
    if (!resolved) return refused({"key"}, no_such_definition);
    if (resolved->definition.client_id != caller.client_id) {
        return refused({"key"}, "Only the app that owns the definition can delete it.");
    }
    TRY(store::delete_definition(tx, resolved->definition.id));
    return DefinitionOutcome{std::move(resolved->definition), {}};
}

}  // namespace latchkey::metafields
