#include "metafields/values.hpp"

#include <fmt/format.h>

#include "metafields/definitions.hpp"
#include "metafields/limits.hpp"
#include "metafields/type.hpp"
#include "metafields/validations.hpp"

namespace latchkey::metafields {
namespace {

constexpr std::string_view no_definition =
    "There is no metafield definition of this key that your app can use. Create it with the "
    "Partners API first.";

/// Where in the identifier the fault is, when no definition was found.
Problem explain_missing(const Owner& owner, const Identifier& identifier) {
    if (!resolve_namespace(owner.client_id, identifier.name_space)) {
        return {{"namespace"}, "There is no namespace of this name that your app can use."};
    }
    return {{"key"}, find_key_fault(identifier.key).value_or(std::string(no_definition))};
}

/// The canonical form of a value under its definition.
Checked check_value(const MetafieldDefinitionRecord& definition, std::string_view value) {
    const auto type = find_type(definition.type);
    if (!type) return refuse("The definition's type is not one this server knows.");
    Checked canonical = canonical_value(*type, value);
    if (!canonical) return canonical;
    if (auto violation = find_violation(*type, definition.validations, *canonical)) {
        return refuse(*violation);
    }
    return canonical;
}

/// Checks one set after the other and gathers what is to be written and what is wrong.
class SetCheck {
public:
    SetCheck(const Owner& owner, Timestamp now) : owner_(owner), now_(now) {}

    Result<void> add(database::ReadTransaction& tx, std::size_t index, const NewValue& wanted) {
        auto definition = TRY(find_definition(tx, owner_.client_id, wanted.identifier));
        if (!definition) {
            Problem missing = explain_missing(owner_, wanted.identifier);
            missing.field.insert(missing.field.begin(), {std::to_string(index), "identifier"});
            outcome.problems.push_back(std::move(missing));
            return {};
        }
        const bool repeated = std::ranges::any_of(outcome.values, [&](const auto& earlier) {
            return earlier.definition.id == definition->id;
        });
        if (repeated) {
            note({std::to_string(index), "identifier", "key"}, "Key is given more than once.");
            return {};
        }
        Checked value = check_value(*definition, wanted.value);
        if (!value) note({std::to_string(index), "value"}, std::move(value.error()));
        MetafieldValueRecord record{.user_id = owner_.user_id,
                                    .definition_id = definition->id,
                                    .value = std::move(value).value_or(std::string()),
                                    .created_at = now_,
                                    .updated_at = now_};
        outcome.values.push_back({std::move(*definition), std::move(record)});
        return {};
    }

    SetOutcome outcome;

private:
    void note(std::vector<std::string> field, std::string message) {
        outcome.problems.push_back({std::move(field), std::move(message)});
    }

    const Owner& owner_;
    Timestamp now_;
};

}  // namespace

Result<SetOutcome> set_metafields(database::Database& database, const Owner& owner,
                                  std::span<const NewValue> wanted, Timestamp now) {
    if (wanted.size() > max_metafields_per_set) {
        return SetOutcome{
            {},
            {{{},
              fmt::format("At most {} metafields can be set at once.", max_metafields_per_set)}}};
    }
    auto tx = TRY(database.write());
    SetCheck check(owner, now);
    for (std::size_t i = 0; i < wanted.size(); ++i) TRY(check.add(*tx, i, wanted[i]));
    if (!check.outcome.problems.empty()) return SetOutcome{{}, std::move(check.outcome.problems)};

    for (const store::DefinedValue& value : check.outcome.values) {
        TRY(store::put_value(*tx, value.value));
    }
    TRY(tx->commit());
    return std::move(check.outcome);
}

Result<DeleteOutcome> delete_metafield(database::Database& database, const Owner& owner,
                                       const Identifier& identifier) {
    auto tx = TRY(database.write());
    const auto definition = TRY(find_definition(*tx, owner.client_id, identifier));
    if (!definition) return DeleteOutcome{{}, {explain_missing(owner, identifier)}};
    auto value = TRY(find_value(*tx, owner, identifier));
    if (!value) return DeleteOutcome{};
    TRY(store::delete_value(*tx, owner.user_id, definition->id));
    TRY(tx->commit());
    return DeleteOutcome{std::move(value), {}};
}

Result<std::optional<store::DefinedValue>> find_value(database::ReadTransaction& tx,
                                                      const Owner& owner,
                                                      const Identifier& identifier) {
    const auto name_space = resolve_namespace(owner.client_id, identifier.name_space);
    if (!name_space) return std::nullopt;
    return store::find_value(tx, owner.user_id, {owner.client_id, *name_space, identifier.key});
}

Result<Slice<store::DefinedValue>> list_values(database::ReadTransaction& tx, const Owner& owner,
                                               std::span<const Identifier> identifiers,
                                               const store::Page& page) {
    if (identifiers.empty()) {
        return cut_page<store::DefinedValue>(page, [&](const store::Page& wanted) {
            return store::list_values(tx, owner.user_id, owner.client_id, wanted);
        });
    }
    const auto look_up = [&](const Identifier& identifier) {
        return find_value(tx, owner, identifier);
    };
    const auto named = TRY(collect_named<store::DefinedValue>(identifiers, look_up));
    return cut_page<store::DefinedValue>(
        page, [&](const store::Page& wanted) -> Result<std::vector<store::DefinedValue>> {
            return take_page(named, wanted);
        });
}

}  // namespace latchkey::metafields
