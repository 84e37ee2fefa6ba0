#include "graphql/validation/rules.hpp"

#include <unordered_set>

namespace latchkey::graphql::validation {

namespace {

/// Depth first along the spreads, remembering the way.
class CycleFinder {
public:
    CycleFinder(const Facts& facts, Report& report) : facts_(facts), report_(report) {}

    // The depth is bounded by Limits::max_fragments.
    void visit(const Definition& fragment) {
        const std::string_view name = fragment.fragment->name.text;
        if (!visited_.insert(name).second || fragment.spreads.empty()) return;
        on_path_[name] = path_.size();
        for (const language::Selection* spread : fragment.spreads) {
            if (report_.is_full()) return;
            path_.push_back(spread);
            const auto start = on_path_.find(spread->name.text);
            if (start != on_path_.end()) {
                complain(start->second);
            } else if (const Definition* next = facts_.fragment(spread->name.text)) {
                visit(*next);
            }
            path_.pop_back();
        }
        on_path_.erase(name);
    }

private:
    void complain(std::size_t from) {
        std::vector<language::Offset> places;
        for (std::size_t i = from; i < path_.size(); ++i) places.push_back(path_[i]->at);
        std::string message =
            "Cannot spread fragment " + in_quotes(path_.back()->name.text) + " within itself";
        if (places.size() > 1) message += " via " + in_quotes(path_[from]->name.text);
        report_.add(message + ".", places);
    }

    const Facts& facts_;
    Report& report_;
    std::unordered_set<std::string_view> visited_;
    std::vector<const language::Selection*> path_;
    std::unordered_map<std::string_view, std::size_t> on_path_;
};

}  // namespace

// Spec 5.5.2.2: no fragment spreads itself, directly or through others.
void no_fragment_cycles(const Facts& facts, Report& report) {
    CycleFinder finder(facts, report);
    for (const Definition& fragment : facts.fragments) finder.visit(fragment);
}

}  // namespace latchkey::graphql::validation
