#include "metafields/definitions.hpp"

#include <fmt/format.h>

#include "metafields/limits.hpp"
#include "metafields/type.hpp"
#include "metafields/validations.hpp"
#include "store/metafields.hpp"

namespace latchkey::metafields {
namespace {

/// What can be said without asking the store.
Problems check_input(ClientId client_id, const NewDefinition& wanted) {
    Problems problems;
    const auto note = [&](std::string_view field, const std::optional<std::string>& fault) {
        if (fault) problems.push_back({{std::string(field)}, *fault});
    };
    note("key", find_key_fault(wanted.identifier.key));
    note("name", find_name_fault(wanted.name));
    note("description", find_description_fault(wanted.description));
    if (!resolve_namespace(client_id, wanted.identifier.name_space)) {
        note("namespace",
             find_namespace_fault(*wanted.identifier.name_space)
                 .value_or("There is no namespace of this name that your app can share with."));
    }
    const auto type = find_type(wanted.type);
    if (!type) {
        note("type", fmt::format("Type must be one of {}.", fmt::join(list_type_names(), ", ")));
        return problems;
    }
    Problems rules = check_validations(*type, wanted.validations);
    std::ranges::move(rules, std::back_inserter(problems));
    return problems;
}

DefinitionOutcome refused(std::string_view field, std::string message) {
    return {std::nullopt, {{{std::string(field)}, std::move(message)}}};
}

}  // namespace

Result<DefinitionOutcome> define_metafield(database::Database& database, Random& random,
                                           ClientId client_id, const NewDefinition& wanted,
                                           Timestamp now) {
    Problems problems = check_input(client_id, wanted);
    if (!problems.empty()) return DefinitionOutcome{std::nullopt, std::move(problems)};

    MetafieldDefinitionRecord definition{
        .id = make_id<DefinitionId>(random),
        .client_id = client_id,
        .name_space = *resolve_namespace(client_id, wanted.identifier.name_space),
        .key = std::string(wanted.identifier.key),
        .name = std::string(wanted.name),
        .description = std::string(wanted.description),
        .type = std::string(wanted.type),
        .validations = wanted.validations,
        .created_at = now,
        .updated_at = now,
    };
    auto tx = TRY(database.write());
    const std::int64_t count = TRY(store::count_definitions(*tx, client_id));
    if (count >= max_definitions_per_client) {
        return refused("key", fmt::format("Your app can have at most {} metafield definitions.",
                                          max_definitions_per_client));
    }
    // The store's own constraint decides, so that of two requests at once only one can win.
    const auto inserted = store::insert_definition(*tx, definition);
    if (!inserted && inserted.error().code == ErrorCode::conflict) {
        return refused("key", "Key is in use by another of your app's definitions.");
    }
    TRY(inserted);
    TRY(tx->commit());
    return DefinitionOutcome{std::move(definition), {}};
}

Result<std::optional<MetafieldDefinitionRecord>> find_definition(database::ReadTransaction& tx,
                                                                 ClientId client_id,
                                                                 const Identifier& identifier) {
    const auto name_space = resolve_namespace(client_id, identifier.name_space);
    if (!name_space) return std::nullopt;
    return store::find_definition(tx, {client_id, *name_space, identifier.key});
}

Result<Slice<MetafieldDefinitionRecord>> list_definitions(database::ReadTransaction& tx,
                                                          ClientId client_id,
                                                          std::span<const Identifier> identifiers,
                                                          const store::Page& page) {
    if (identifiers.empty()) {
        return cut_page<MetafieldDefinitionRecord>(page, [&](const store::Page& wanted) {
            return store::list_definitions(tx, client_id, wanted);
        });
    }
    const auto look_up = [&](const Identifier& identifier) {
        return find_definition(tx, client_id, identifier);
    };
    const auto named = TRY(collect_named<MetafieldDefinitionRecord>(identifiers, look_up));
    return cut_page<MetafieldDefinitionRecord>(
        page, [&](const store::Page& wanted) -> Result<std::vector<MetafieldDefinitionRecord>> {
            return take_page(named, wanted);
        });
}

}  // namespace latchkey::metafields
