// Spec 5.3.2, FieldsInSetCanMerge, without comparing every field with every other: fields are
// gathered into sets that will share a response object, a set is grouped by response key, and each
// group is compared with its first member only (after S. Adameit's algorithm for Sangria). A set is
// a set of nodes of the document, so equal sets met on different ways are checked once.

#include <algorithm>
#include <unordered_set>

#include "graphql/validation/rules.hpp"

namespace latchkey::graphql::validation {
namespace {

using language::Selection;
using language::Value;
using language::ValueKind;

using Fields = std::vector<const SelectionUse*>;

// Fragments can spell out more distinct sets than there is time for; nobody needs them to.
constexpr std::size_t max_visits = 200'000;

bool same_value(const Value& a, const Value& b);

bool same_arguments(std::span<const language::Argument> a, std::span<const language::Argument> b) {
    if (a.size() != b.size()) return false;
    return std::ranges::all_of(a, [&](const auto& wanted) {
        const auto found = std::ranges::find(
            b, wanted.name.text, [](const auto& argument) { return argument.name.text; });
        return found != b.end() && same_value(wanted.value, found->value);
    });
}

bool same_value(const Value& a, const Value& b) {
    if (a.kind != b.kind) return false;
    if (a.kind == ValueKind::list) return std::ranges::equal(a.items, b.items, same_value);
    if (a.kind == ValueKind::object) return same_arguments(a.fields, b.fields);
    return a.text == b.text;
}

// Spec 5.3.2 SameResponseShape, steps 3 to 6.
bool types_conflict(const types::Type& a, const types::Type& b) {
    if (a.is_non_null() != b.is_non_null() || a.is_list() != b.is_list()) return true;
    if (a.wrap != types::Type::Wrap::none) return types_conflict(*a.inner, *b.inner);
    return (a.named->is_leaf() || b.named->is_leaf()) && a.named != b.named;
}

class Merger {
public:
    Merger(const Facts& facts, Report& report) : facts_(facts), report_(report) {
        uses_.resize(facts.document.selection_count);
        for (const SelectionUse& use : facts.fields) uses_[use.node->id] = &use;
    }

    void merge(const language::SelectionSet& root) {
        Collection fields;
        collect(root, fields);
        check_common(fields.fields, nullptr);
        check_shape(fields.fields, nullptr);
    }

private:
    /// The way to a set: the fields below which it was collected, and so on upwards.
    struct Level {
        const Level* above = nullptr;
        const Fields& group;
    };

    struct Collection {
        Fields fields;
        std::unordered_set<const Selection*> seen;
        std::unordered_set<const Definition*> fragments;
    };

    bool spend(std::size_t visits) {
        visits_ += visits;
        if (visits_ <= max_visits) return !report_.is_full();
        if (!is_exhausted_) report_.add("The document's fragments overlap in too many ways.", {});
        is_exhausted_ = true;
        return false;
    }

    void collect(const language::SelectionSet& set, Collection& into) {
        if (!spend(set.items.size())) return;
        for (const Selection& selection : set.items) {
            switch (selection.kind) {
                case language::SelectionKind::field:
                    if (into.seen.insert(&selection).second) {
                        into.fields.push_back(uses_[selection.id]);
                    }
                    break;
                case language::SelectionKind::inline_fragment:
                    collect(*selection.selections, into);
                    break;
                case language::SelectionKind::spread: {
                    const Definition* target = facts_.fragment(selection.name.text);
                    if (target != nullptr && into.fragments.insert(target).second) {
                        collect(*target->fragment->selections, into);
                    }
                    break;
                }
            }
        }
    }

    Fields below(const Fields& group) {
        Collection fields;
        for (const SelectionUse* use : group) {
            if (use->node->selections != nullptr) collect(*use->node->selections, fields);
        }
        return std::move(fields.fields);
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
        for (Fields& part : parts) {
            part.insert(part.end(), anywhere.begin(), anywhere.end());
            std::ranges::sort(part, {}, [](const SelectionUse* use) { return use->node->at; });
        }
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

    // Where two fields may meet in one response they are the same field with the same arguments.
    void check_common(const Fields& fields, const Level* above) {
        if (!spend(fields.size()) || !is_new(common_checked_, fields)) return;
        for (const Fields& group : by_key(fields)) {
            for (const Fields& part : by_parent(group)) {
                const SelectionUse& first = *part.front();
                for (const SelectionUse* use : part) {
                    if (use->node->name.text != first.node->name.text) {
                        complain(first, *use, above, "are different fields");
                    } else if (!same_arguments(use->node->arguments, first.node->arguments)) {
                        complain(first, *use, above, "have differing arguments");
                    }
                }
                descend(part, above, &Merger::check_common);
            }
        }
    }

    // Even where they cannot meet, what a key holds has one shape.
    void check_shape(const Fields& fields, const Level* above) {
        if (!spend(fields.size()) || !is_new(shape_checked_, fields)) return;
        for (const Fields& group : by_key(fields)) {
            const auto typed = std::ranges::find_if(
                group, [](const SelectionUse* use) { return use->field != nullptr; });
            for (auto use = typed; use != group.end(); ++use) {
                if ((*use)->field == nullptr) continue;
                if (types_conflict(*(*use)->field->type, *(*typed)->field->type)) {
                    complain(**typed, **use, above, "return conflicting types");
                }
            }
            descend(group, above, &Merger::check_shape);
        }
    }

    void descend(const Fields& group, const Level* above,
                 void (Merger::*check)(const Fields&, const Level*)) {
        const Fields inner = below(group);
        if (inner.empty()) return;
        const Level level{above, group};
        (this->*check)(inner, &level);
    }

    /// The fields of `group` whose selections hold `field`.
    Fields holders(const Fields& group, const SelectionUse& field) {
        Fields found;
        for (const SelectionUse* use : group) {
            const Fields inner = below({use});
            if (std::ranges::find(inner, &field) != inner.end()) found.push_back(use);
        }
        return found;
    }

    // As the reference shows it: both fields, and the fields above them up to a common selection.
    void complain(const SelectionUse& a, const SelectionUse& b, const Level* level,
                  std::string_view why) {
        if (report_.is_full() || !reported_.emplace(a.node->id, b.node->id).second) return;
        Fields left{&a};
        Fields right{&b};
        for (; level != nullptr; level = level->above) {
            const Fields over_left = holders(level->group, *left.front());
            const Fields over_right = holders(level->group, *right.front());
            const auto is_shared = [&](const SelectionUse* use) {
                return std::ranges::find(over_right, use) != over_right.end();
            };
            if (over_left.empty() || over_right.empty()) break;
            if (std::ranges::any_of(over_left, is_shared)) break;
            left.insert(left.begin(), over_left.front());
            right.insert(right.begin(), over_right.front());
        }
        std::vector<language::Offset> places;
        for (const SelectionUse* use : left) places.push_back(use->node->at);
        for (const SelectionUse* use : right) places.push_back(use->node->at);
        report_.add("Fields " + quoted(left.front()->node->response_key()) +
                        " conflict because they " + std::string(why) +
                        ". Use different aliases on the fields to fetch both if this was "
                        "intentional.",
                    places);
    }

    struct PairHash {
        std::size_t operator()(const std::pair<std::uint32_t, std::uint32_t>& pair) const noexcept {
            return std::hash<std::uint64_t>()(std::uint64_t{pair.first} << 32U | pair.second);
        }
    };

    const Facts& facts_;
    Report& report_;
    std::vector<const SelectionUse*> uses_;
    std::unordered_set<std::string> common_checked_;
    std::unordered_set<std::string> shape_checked_;
    std::unordered_set<std::pair<std::uint32_t, std::uint32_t>, PairHash> reported_;
    std::size_t visits_ = 0;
    bool is_exhausted_ = false;
};

}  // namespace

void overlapping_fields_can_be_merged(const Facts& facts, Report& report) {
    Merger merger(facts, report);
    for (const Definition& operation : facts.operations) {
        merger.merge(*operation.operation->selections);
    }
    // Fragments that no operation reaches.
    for (const Definition& fragment : facts.fragments) {
        merger.merge(*fragment.fragment->selections);
    }
}

}  // namespace latchkey::graphql::validation
