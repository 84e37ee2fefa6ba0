// Setting and deleting values (declared in metafields/values.hpp).

#include <fmt/format.h>

#include <algorithm>

#include "metafields/limits.hpp"
#include "metafields/sharing/resolve.hpp"
#include "metafields/types/type.hpp"
#include "metafields/validation/validations.hpp"
#include "metafields/values.hpp"
#include "store/metafield_values.hpp"
#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"

namespace latchkey::metafields {
namespace {

using store::DefinedValue;

constexpr std::string_view no_definition =
    "There is no metafield definition of this key that your app can use. Create it with the "
    "Partners API first.";

/// Where in the identifier the fault is, when no definition was found.
Result<Problem> explain_missing(Viewer& viewer, const Identifier& identifier) {
    if (!find_reserved_owner(viewer.client_id(), identifier.name_space)) {
        const auto name_space = TRY(resolve_path(viewer, *identifier.name_space));
        if (!name_space) {
            return Problem{{"namespace"},
                           "There is no namespace of this name that your app can use."};
        }
    }
    return Problem{{"key"}, find_key_fault(identifier.key).value_or(std::string(no_definition))};
}

/// The definition that a change is about, or why the app may not make it, with a path relative to
/// the identifier.
struct Writable {
    std::optional<ResolvedDefinition> resolved;
    Problem problem;
};
Result<Writable> reach_writable(Viewer& viewer, const Identifier& identifier) {
    auto resolved = TRY(resolve_definition(viewer, identifier));
    if (!resolved) {
        Problem missing = TRY(explain_missing(viewer, identifier));
        return Writable{std::nullopt, std::move(missing)};
    }
    if (resolved->level < AccessLevel::write) {
        return Writable{std::nullopt,
                        {{"key"}, "Your app can read this metafield, not change it."}};
    }
    return Writable{std::move(resolved), {}};
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

/// What has changed, by the app that owns the definitions: each hears of its own.
class ChangeFeed {
public:
    void add(const ResolvedDefinition& resolved) {
        const ClientId owner = resolved.definition.client_id;
        auto change = std::ranges::find(changes_, owner, &Change::client_id);
        if (change == changes_.end()) {
            changes_.push_back({.client_id = owner, .user_id = {}, .topic = {}, .keys = {}});
            change = std::prev(changes_.end());
        }
        change->keys.push_back(resolved.owner_key);
    }

    Result<void> record(database::WriteTransaction& tx, UserId user_id, ChangeTopic topic,
                        Timestamp now) {
        for (Change& change : changes_) {
            change.user_id = user_id;
            change.topic = topic;
            TRY(store::record_change(tx, change, now));
        }
        return {};
    }

private:
    std::vector<Change> changes_;
};

/// Checks one set after the other and gathers what is to be written and what is wrong.
class SetCheck {
public:
    SetCheck(database::ReadTransaction& tx, const Owner& owner, Timestamp now)
        : viewer_(tx, owner.client_id), owner_(owner), now_(now) {}

    Result<void> add(std::size_t index, const NewValue& wanted) {
        auto writable = TRY(reach_writable(viewer_, wanted.identifier));
        if (!writable.resolved) {
            auto& field = writable.problem.field;
            field.insert(field.begin(), {std::to_string(index), "identifier"});
            outcome.problems.push_back(std::move(writable.problem));
            return {};
        }
        MetafieldDefinitionRecord& definition = writable.resolved->definition;
        const bool repeated = std::ranges::any_of(outcome.values, [&](const auto& earlier) {
            return earlier.definition.id == definition.id;
        });
        if (repeated) {
            note({std::to_string(index), "identifier", "key"}, "Key is given more than once.");
            return {};
        }
        Checked value = check_value(definition, wanted.value);
        if (!value) note({std::to_string(index), "value"}, std::move(value.error()));
        TRY(compare(index, definition.id, wanted));
        feed.add(*writable.resolved);
        MetafieldValueRecord record{.user_id = owner_.user_id,
                                    .definition_id = definition.id,
                                    .value = std::move(value).value_or(std::string()),
                                    .created_at = now_,
                                    .updated_at = now_};
        outcome.values.push_back({std::move(definition), std::move(record)});
        return {};
    }

    SetOutcome outcome;
    ChangeFeed feed;

private:
    void note(std::vector<std::string> field, std::string message) {
        outcome.problems.push_back({std::move(field), std::move(message)});
    }

    /// Compare-and-set, in the transaction of the change: nobody comes in between.
    Result<void> compare(std::size_t index, DefinitionId id, const NewValue& wanted) {
        if (!wanted.compare_digest) return {};
        const auto there = TRY(store::find_value(viewer_.tx(), owner_.user_id, id));
        const auto digest = there ? std::optional(value_digest(there->value.value)) : std::nullopt;
        if (digest == *wanted.compare_digest) return {};
        note({std::to_string(index), "compareDigest"},
             digest ? "The metafield has another value than this digest stands for."
                    : "The metafield is not set.");
        return {};
    }

    Viewer viewer_;
    const Owner& owner_;
    Timestamp now_;
};

}  // namespace

Result<SetOutcome> set_metafields(database::WriteTransaction& tx, const Owner& owner,
                                  std::span<const NewValue> wanted, Timestamp now) {
    if (wanted.size() > max_metafields_per_set) {
        return SetOutcome{
            {},
            {{{},
              fmt::format("At most {} metafields can be set at once.", max_metafields_per_set)}}};
    }
    SetCheck check(tx, owner, now);
    for (std::size_t i = 0; i < wanted.size(); ++i) TRY(check.add(i, wanted[i]));
    if (!check.outcome.problems.empty()) return SetOutcome{{}, std::move(check.outcome.problems)};

    for (DefinedValue& value : check.outcome.values) {
        TRY(store::put_value(tx, value.value));
        const auto kept = TRY(store::find_value(tx, owner.user_id, value.definition.id));
        if (kept) value.value.created_at = kept->value.created_at;
    }
    TRY(check.feed.record(tx, owner.user_id, ChangeTopic::metafields_set, now));
    return std::move(check.outcome);
}

Result<DeleteOutcome> delete_metafields(database::WriteTransaction& tx, const Owner& owner,
                                        std::span<const Identifier> identifiers, Timestamp now) {
    if (identifiers.size() > max_metafields_per_set) {
        return DeleteOutcome{{},
                             {{{},
                               fmt::format("At most {} metafields can be deleted at once.",
                                           max_metafields_per_set)}}};
    }
    Viewer viewer(tx, owner.client_id);
    DeleteOutcome outcome;
    ChangeFeed feed;
    for (std::size_t i = 0; i < identifiers.size(); ++i) {
        auto writable = TRY(reach_writable(viewer, identifiers[i]));
        if (!writable.resolved) {
            auto& field = writable.problem.field;
            field.insert(field.begin(), std::to_string(i));
            outcome.problems.push_back(std::move(writable.problem));
            continue;
        }
        auto value = TRY(store::find_value(tx, owner.user_id, writable.resolved->definition.id));
        if (value) {
            TRY(store::delete_value(tx, owner.user_id, value->definition.id));
            feed.add(*writable.resolved);
            value->definition = std::move(writable.resolved->definition);
        }
        outcome.deleted.push_back(std::move(value));
    }
    if (!outcome.problems.empty()) return DeleteOutcome{{}, std::move(outcome.problems)};
    TRY(feed.record(tx, owner.user_id, ChangeTopic::metafields_deleted, now));
    return outcome;
}

}  // namespace latchkey::metafields
