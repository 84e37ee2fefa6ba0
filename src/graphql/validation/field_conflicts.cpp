#include "graphql/validation/field_conflicts.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace latchkey::graphql::validation {
namespace {

using language::Selection;
using language::SelectionSet;
using language::Value;
using language::ValueKind;

using Fields = std::vector<const SelectionUse*>;

bool same_value(const Value& a, const Value& b) {
    if (a.kind != b.kind) return false;
    if (a.kind == ValueKind::list) return std::ranges::equal(a.items, b.items, same_value);
    if (a.kind == ValueKind::object) return same_arguments(a.fields, b.fields);
    return a.text == b.text;
}

/// A selection set without the insides of the fragments it spreads.
struct Collection {
    std::vector<std::pair<std::string_view, Fields>> fields;  // by response key
    std::vector<const Definition*> fragments;

    [[nodiscard]] const Fields* find(std::string_view key) const {
        const auto found = std::ranges::find(fields, key, [](const auto& it) { return it.first; });
        return found == fields.end() ? nullptr : &found->second;
    }
};

/// Whether two fields may stand in one response object.
enum class Meeting : std::uint8_t { possible, excluded };

struct Conflict {
    std::string_view key;
    std::string reason;
    std::vector<language::Offset> left;  // a field, then those below it that conflict
    std::vector<language::Offset> right;
};
using Conflicts = std::vector<Conflict>;

/// The reference's algorithm: each selection set's own fields with each other, with the fields of
/// each fragment it spreads, and the fragments' with each other's.
class Reporter {
public:
    Reporter(const Facts& facts, Report& report) : facts_(facts), report_(report) {
        uses_.resize(facts.document.selection_count);
        for (const SelectionUse& use : facts.fields) uses_[use.node->id] = &use;
    }

    void run() {
        for (const Definition& each : facts_.operations) visit(*each.operation->selections);
        for (const Definition& each : facts_.fragments) visit(*each.fragment->selections);
        if (reported_.empty()) {
            report_.add("The document's fields overlap in too many ways to be merged.", {});
        }
    }

private:
    [[nodiscard]] bool is_done() const {
        return pairs_ > report_.limits().max_conflict_pairs || report_.is_full();
    }

    void visit(const SelectionSet& set) {
        if (is_done()) return;
        Conflicts found;
        within(found, set);
        for (Conflict& conflict : found) add(std::move(conflict));
        visit_below(set);
    }

    // Inline fragments are a part of the set around them.
    void visit_below(const SelectionSet& set) {
        for (const Selection& selection : set.items) {
            if (selection.kind == language::SelectionKind::inline_fragment) {
                visit_below(*selection.selections);
            } else if (selection.selections != nullptr) {
                visit(*selection.selections);
            }
        }
    }

    void add(Conflict conflict) {
        conflict.left.insert(conflict.left.end(), conflict.right.begin(), conflict.right.end());
        if (!reported_.insert(conflict.left).second) return;
        report_.add("Fields " + in_quotes(conflict.key) + " conflict because " + conflict.reason +
                        ". Use different aliases on the fields to fetch both if this was "
                        "intentional.",
                    conflict.left);
    }

    const Collection& collection(const SelectionSet& set) {
        const auto [slot, is_new] = collections_.try_emplace(&set);
        if (is_new) collect(set, slot->second);
        return slot->second;
    }

    void collect(const SelectionSet& set, Collection& into) {
        for (const Selection& selection : set.items) {
            switch (selection.kind) {
                case language::SelectionKind::field: {
                    const std::string_view key = selection.response_key();
                    auto slot = std::ranges::find(into.fields, key,
                                                  [](const auto& it) { return it.first; });
                    if (slot == into.fields.end()) {
                        slot = into.fields.insert(slot, {key, Fields{}});
                    }
                    slot->second.push_back(uses_[selection.id]);
                    break;
                }
                case language::SelectionKind::inline_fragment:
                    collect(*selection.selections, into);
                    break;
                case language::SelectionKind::spread: {
                    const Definition* target = facts_.fragment(selection.name.text);
                    const bool is_known =
                        std::ranges::find(into.fragments, target) != into.fragments.end();
                    if (target != nullptr && !is_known) into.fragments.push_back(target);
                    break;
                }
            }
        }
    }

    void within(Conflicts& found, const SelectionSet& set) {
        const Collection& own = collection(set);
        for (const auto& [key, fields] : own.fields) {
            for (std::size_t i = 0; i < fields.size(); ++i) {
                for (std::size_t j = i + 1; j < fields.size(); ++j) {
                    compare(found, key, *fields[i], *fields[j], Meeting::possible);
                }
            }
        }
        for (std::size_t i = 0; i < own.fragments.size(); ++i) {
            with_fragment(found, own, *own.fragments[i], Meeting::possible);
            for (std::size_t j = i + 1; j < own.fragments.size(); ++j) {
                between_fragments(found, *own.fragments[i], *own.fragments[j], Meeting::possible);
            }
        }
    }

    void with_fragment(Conflicts& found, const Collection& own, const Definition& fragment,
                       Meeting meeting) {
        if (is_done() || !is_new(field_pairs_, &own, &fragment, meeting)) return;
        const Collection& other = collection(*fragment.fragment->selections);
        if (&own == &other) return;
        between(found, own, other, meeting);
        for (const Definition* each : other.fragments) with_fragment(found, own, *each, meeting);
    }

    void between_fragments(Conflicts& found, const Definition& a, const Definition& b,
                           Meeting meeting) {
        const auto [first, second] = std::minmax({&a, &b});
        if (&a == &b || is_done() || !is_new(fragment_pairs_, first, second, meeting)) return;
        const Collection& left = collection(*a.fragment->selections);
        const Collection& right = collection(*b.fragment->selections);
        between(found, left, right, meeting);
        for (const Definition* each : right.fragments) between_fragments(found, a, *each, meeting);
        for (const Definition* each : left.fragments) between_fragments(found, *each, b, meeting);
    }

    void below(Conflicts& found, const SelectionSet& a, const SelectionSet& b, Meeting meeting) {
        const Collection& left = collection(a);
        const Collection& right = collection(b);
        between(found, left, right, meeting);
        for (const Definition* each : right.fragments) with_fragment(found, left, *each, meeting);
        for (const Definition* each : left.fragments) with_fragment(found, right, *each, meeting);
        for (const Definition* one : left.fragments) {
            for (const Definition* other : right.fragments) {
                between_fragments(found, *one, *other, meeting);
            }
        }
    }

    void between(Conflicts& found, const Collection& a, const Collection& b, Meeting meeting) {
        for (const auto& [key, fields] : a.fields) {
            const Fields* others = b.find(key);
            if (others == nullptr) continue;
            for (const SelectionUse* field : fields) {
                for (const SelectionUse* other : *others) {
                    compare(found, key, *field, *other, meeting);
                }
            }
        }
    }

    void compare(Conflicts& found, std::string_view key, const SelectionUse& a,
                 const SelectionUse& b, Meeting above) {
        if (is_done() || levels_ >= report_.limits().max_conflict_levels) return;
        ++pairs_;
        const auto is_object = [](const types::NamedType* type) {
            return type != nullptr && type->kind == types::TypeKind::object;
        };
        const bool is_excluded =
            above == Meeting::excluded ||
            (a.parent != b.parent && is_object(a.parent) && is_object(b.parent));
        if (auto reason = own_conflict(a, b, is_excluded ? Meeting::excluded : Meeting::possible)) {
            found.push_back({key, *std::move(reason), {a.node->at}, {b.node->at}});
            return;
        }
        if (a.node->selections == nullptr || b.node->selections == nullptr) return;
        Conflicts inner;
        ++levels_;
        below(inner, *a.node->selections, *b.node->selections,
              is_excluded ? Meeting::excluded : Meeting::possible);
        --levels_;
        if (inner.empty()) return;
        Conflict made{key,
                      "subfields " + in_quotes(inner.front().key) + " conflict because " +
                          inner.front().reason,
                      {a.node->at},
                      {b.node->at}};
        for (const Conflict& each : inner) {
            made.left.insert(made.left.end(), each.left.begin(), each.left.end());
            made.right.insert(made.right.end(), each.right.begin(), each.right.end());
        }
        found.push_back(std::move(made));
    }

    static std::optional<std::string> own_conflict(const SelectionUse& a, const SelectionUse& b,
                                                   Meeting meeting) {
        if (meeting == Meeting::possible) {
            if (a.node->name.text != b.node->name.text) {
                return in_quotes(a.node->name.text) + " and " + in_quotes(b.node->name.text) +
                       " are different fields";
            }
            if (!same_arguments(a.node->arguments, b.node->arguments)) {
                return "they have differing arguments";
            }
        }
        if (a.field == nullptr || b.field == nullptr) return std::nullopt;
        if (!types_conflict(*a.field->type, *b.field->type)) return std::nullopt;
        return "they return conflicting types " + in_quotes(types::to_string(*a.field->type)) +
               " and " + in_quotes(types::to_string(*b.field->type));
    }

    using Pairs = std::set<std::pair<const void*, const void*>>;
    struct PairsByMeeting {
        Pairs possible;
        Pairs excluded;
    };

    /// What has been compared as possible need not be compared again as excluded.
    static bool is_new(PairsByMeeting& known, const void* a, const void* b, Meeting meeting) {
        if (meeting == Meeting::possible) return known.possible.emplace(a, b).second;
        return !known.possible.contains({a, b}) && known.excluded.emplace(a, b).second;
    }

    const Facts& facts_;
    Report& report_;
    std::vector<const SelectionUse*> uses_;  // by Selection::id
    std::unordered_map<const SelectionSet*, Collection> collections_;
    PairsByMeeting fragment_pairs_;
    PairsByMeeting field_pairs_;
    std::set<std::vector<language::Offset>> reported_;
    std::size_t pairs_ = 0;
    std::size_t levels_ = 0;
};

}  // namespace

bool same_arguments(std::span<const language::Argument> a, std::span<const language::Argument> b) {
    if (a.size() != b.size()) return false;
    const auto is_same = [](const auto& one, const auto& other) {
        return one.name.text == other.name.text && same_value(one.value, other.value);
    };
    if (std::ranges::equal(a, b, is_same)) return true;
    return std::ranges::all_of(a, [&](const auto& wanted) {
        const auto found = std::ranges::find(
            b, wanted.name.text, [](const auto& argument) { return argument.name.text; });
        return found != b.end() && same_value(wanted.value, found->value);
    });
}

bool types_conflict(const types::Type& a, const types::Type& b) {
    if (a.is_non_null() != b.is_non_null() || a.is_list() != b.is_list()) return true;
    if (a.wrap != types::Type::Wrap::none) return types_conflict(*a.inner, *b.inner);
    return (a.named->is_leaf() || b.named->is_leaf()) && a.named != b.named;
}

void report_field_conflicts(const Facts& facts, Report& report) { Reporter(facts, report).run(); }

}  // namespace latchkey::graphql::validation
