// Spec 5.3.2, FieldsInSetCanMerge, without comparing every field with every other: fields are
// gathered into sets that will share a response object, a set is grouped by response key, and each
// group is compared with its first member only (after S. Adameit's algorithm for Sangria). A set is
// a set of nodes of the document, so equal sets met on different ways are checked once.

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "graphql/validation/field_conflicts.hpp"
#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {
namespace {

using language::Selection;

using Fields = std::vector<const SelectionUse*>;

enum class Verdict : std::uint8_t { merges, conflicts, too_many };

class Merger {
public:
    Merger(const Facts& facts, const Limits& limits)
        : facts_(facts), max_visits_(limits.max_visits) {
        uses_.resize(facts.document.selection_count);
        seen_.resize(facts.document.selection_count);
        for (const SelectionUse& use : facts.fields) uses_[use.node->id] = &use;
    }

    /// Stays at the first verdict that is not good.
    Verdict merge(const language::SelectionSet& root) {
        ++collection_;
        Fields fields;
        collect(root, fields);
        check_common(fields);
        check_shape(fields);
        return verdict_;
    }

private:
    bool spend(std::size_t visits) {
        visits_ += visits;
        if (visits_ > max_visits_) verdict_ = Verdict::too_many;
        return verdict_ == Verdict::merges;
    }

    // Each selection once in a collection, the insides of fragments included.
    void collect(const language::SelectionSet& set, Fields& into) {
        if (!spend(set.items.size())) return;
        for (const Selection& selection : set.items) {
            if (std::exchange(seen_[selection.id], collection_) == collection_) continue;
            switch (selection.kind) {
                case language::SelectionKind::field: into.push_back(uses_[selection.id]); break;
                case language::SelectionKind::inline_fragment:
                    collect(*selection.selections, into);
                    break;
                case language::SelectionKind::spread: {
                    const Definition* target = facts_.fragment(selection.name.text);
                    if (target == nullptr) break;
                    std::uint32_t& last = fragments_[target];
                    if (std::exchange(last, collection_) == collection_) break;
                    collect(*target->fragment->selections, into);
                    break;
                }
            }
        }
    }

    Fields below(const Fields& group) {
        ++collection_;
        Fields fields;
        for (const SelectionUse* use : group) {
            if (use->node->selections != nullptr) collect(*use->node->selections, fields);
        }
        return fields;
    }

    static std::vector<Fields> by_key(const Fields& fields) {
        std::vector<Fields> groups;
        std::unordered_map<std::string_view, std::size_t> index;
        for (const SelectionUse* use : fields) {
            const auto [slot, is_new] = index.emplace(use->node->response_key(), groups.size());
            if (is_new) groups.emplace_back();
            groups[slot->second].push_back(use);
        }
        return groups;
    }

    // Fields of different object types never meet in one response; those of an interface, a union
    // or an unknown type may meet with any.
    static std::vector<Fields> by_parent(const Fields& group) {
        std::vector<Fields> parts;
        std::unordered_map<const types::NamedType*, std::size_t> index;
        Fields anywhere;
        for (const SelectionUse* use : group) {
            if (use->parent == nullptr || use->parent->is_abstract()) {
                anywhere.push_back(use);
                continue;
            }
            const auto [slot, is_new] = index.emplace(use->parent, parts.size());
            if (is_new) parts.emplace_back();
            parts[slot->second].push_back(use);
        }
        if (parts.empty()) return {anywhere};
        for (Fields& part : parts) part.insert(part.end(), anywhere.begin(), anywhere.end());
        return parts;
    }

    /// False when this set has been checked before.
    static bool is_new(std::unordered_set<std::string>& checked, const Fields& fields) {
        std::vector<std::uint32_t> ids;
        for (const SelectionUse* use : fields) ids.push_back(use->node->id);
        std::ranges::sort(ids);
        return checked
            .emplace(reinterpret_cast<const char*>(ids.data()), ids.size() * sizeof(ids[0]))
            .second;
    }

    void conflict() {
        if (verdict_ == Verdict::merges) verdict_ = Verdict::conflicts;
    }

    // Where two fields may meet in one response they are the same field with the same arguments.
    void check_common(const Fields& fields) {
        if (!spend(fields.size()) || !is_new(common_checked_, fields)) return;
        for (const Fields& group : by_key(fields)) {
            for (const Fields& part : by_parent(group)) {
                const Selection& first = *part.front()->node;
                for (const SelectionUse* use : part) {
                    const bool is_same = use->node->name.text == first.name.text &&
                                         same_arguments(use->node->arguments, first.arguments);
                    if (!is_same) conflict();
                }
                check_common(below(part));
            }
        }
    }

    // Even where they cannot meet, what a key holds has one shape.
    void check_shape(const Fields& fields) {
        if (!spend(fields.size()) || !is_new(shape_checked_, fields)) return;
        for (const Fields& group : by_key(fields)) {
            const auto typed = std::ranges::find_if(
                group, [](const SelectionUse* use) { return use->field != nullptr; });
            for (auto use = typed; use != group.end(); ++use) {
                if ((*use)->field == nullptr) continue;
                if (types_conflict(*(*use)->field->type, *(*typed)->field->type)) conflict();
            }
            check_shape(below(group));
        }
    }

    const Facts& facts_;
    std::size_t max_visits_;
    std::vector<const SelectionUse*> uses_;  // by Selection::id
    std::vector<std::uint32_t> seen_;        // by Selection::id: the last collection it is in
    std::unordered_map<const Definition*, std::uint32_t> fragments_;  // the same for fragments
    std::uint32_t collection_ = 0;
    std::unordered_set<std::string> common_checked_;
    std::unordered_set<std::string> shape_checked_;
    std::size_t visits_ = 0;
    Verdict verdict_ = Verdict::merges;
};

}  // namespace

void overlapping_fields_can_be_merged(const Facts& facts, Report& report) {
    Merger merger(facts, report.limits());
    Verdict verdict = Verdict::merges;
    for (const Definition& operation : facts.operations) {
        verdict = merger.merge(*operation.operation->selections);
    }
    // Fragments that no operation reaches.
    for (const Definition& fragment : facts.fragments) {
        verdict = merger.merge(*fragment.fragment->selections);
    }
    switch (verdict) {
        case Verdict::merges: return;
        case Verdict::conflicts: return report_field_conflicts(facts, report);
        case Verdict::too_many:
            return report.exceed("max_visits",
                                 "The document's operations and fragments meet in too many ways "
                                 "(limit max_visits).");
    }
}

}  // namespace latchkey::graphql::validation
