#pragma once

// Pages for Relay connections (GraphQL Cursor Connections): keyset pages in the order of
// definition ids, which never move, so that writes between two pages neither skip nor repeat.

#include <algorithm>
#include <iterator>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "metafields/limits.hpp"
#include "metafields/names.hpp"
#include "store/metafield_definitions.hpp"
#include "store/metafield_values.hpp"

namespace latchkey::metafields {

template <class Node>
struct Slice {
    std::vector<Node> nodes;  // always in ascending order
    bool has_next_page = false;
    bool has_previous_page = false;
};

[[nodiscard]] inline DefinitionId id_of(const MetafieldDefinitionRecord& definition) {
    return definition.id;
}
[[nodiscard]] inline DefinitionId id_of(const store::DefinedValue& value) {
    return value.definition.id;
}

/// Cuts a page out of what `fetch(const store::Page&)`, a Result of a vector of nodes in the order
/// of the page's direction, delivers. Both flags are exact: where the page itself does not tell,
/// the first or last node of all does.
template <class Node, class Fetch>
[[nodiscard]] Result<Slice<Node>> cut_page(const store::Page& page, Fetch fetch) {
    const bool forward = page.direction == store::Direction::forward;
    store::Page wanted = page;
    wanted.limit = page.limit + 1;  // the one too many tells that more follows
    Slice<Node> slice;
    slice.nodes = TRY(fetch(wanted));
    const bool more = slice.nodes.size() > static_cast<std::size_t>(page.limit);
    if (more) slice.nodes.pop_back();
    if (!forward) std::ranges::reverse(slice.nodes);

    const auto outermost = [&](store::Direction from) {
        return fetch(store::Page{.after = {}, .before = {}, .direction = from, .limit = 1});
    };
    if (forward && more) {
        slice.has_next_page = true;
    } else if (page.before) {
        const auto last = TRY(outermost(store::Direction::backward));
        const DefinitionId end = slice.nodes.empty() ? *page.before : id_of(slice.nodes.back());
        slice.has_next_page = !last.empty() && (slice.nodes.empty() ? id_of(last.front()) >= end
                                                                    : id_of(last.front()) > end);
    }
    if (!forward && more) {
        slice.has_previous_page = true;
    } else if (page.after) {
        const auto first = TRY(outermost(store::Direction::forward));
        const DefinitionId start = slice.nodes.empty() ? *page.after : id_of(slice.nodes.front());
        slice.has_previous_page =
            !first.empty() &&
            (slice.nodes.empty() ? id_of(first.front()) <= start : id_of(first.front()) < start);
    }
    return slice;
}

/// The same over nodes already in memory: `all` in ascending order.
template <class Node>
[[nodiscard]] std::vector<Node> take_page(const std::vector<Node>& all, const store::Page& page) {
    std::vector<Node> taken;
    const auto consider = [&](const Node& node) {
        const bool inside = (!page.after || id_of(node) > *page.after) &&
                            (!page.before || id_of(node) < *page.before);
        if (inside && taken.size() < static_cast<std::size_t>(page.limit)) taken.push_back(node);
    };
    if (page.direction == store::Direction::forward) {
        std::for_each(all.begin(), all.end(), consider);
    } else {
        std::for_each(all.rbegin(), all.rend(), consider);
    }
    return taken;
}

/// A page of the app's own nodes, in the page's direction, with the shared ones that belong in it:
/// `load(id)` finds the node of each of `shared`, which are in ascending order, or nothing.
template <class Node, class Load>
[[nodiscard]] Result<std::vector<Node>> merge_shared(const store::Page& page, std::vector<Node> own,
                                                     const std::vector<DefinitionId>& shared,
                                                     Load load) {
    const bool forward = page.direction == store::Direction::forward;
    const auto limit = static_cast<std::size_t>(page.limit);
    std::vector<Node> others;
    for (std::size_t i = 0; i < shared.size() && others.size() < limit; ++i) {
        const DefinitionId id = shared[forward ? i : shared.size() - 1 - i];
        if ((page.after && id <= *page.after) || (page.before && id >= *page.before)) continue;
        auto node = TRY(load(id));
        if (node) others.push_back(std::move(*node));
    }
    if (others.empty()) return own;
    const auto in_order = [forward](const Node& a, const Node& b) {
        return forward ? id_of(a) < id_of(b) : id_of(b) < id_of(a);
    };
    std::ranges::move(others, std::back_inserter(own));
    std::ranges::sort(own, in_order);
    if (own.size() > limit) own.erase(own.begin() + static_cast<std::ptrdiff_t>(limit), own.end());
    return own;
}

/// The nodes that `look_up(identifier)` finds, each once, in ascending order: `all` of take_page.
/// Errors: too_large when more are named than a query may.
template <class Node, class LookUp>
[[nodiscard]] Result<std::vector<Node>> collect_named(std::span<const Identifier> identifiers,
                                                      LookUp look_up) {
    if (identifiers.size() > max_identifiers_per_query) {
        return fail(ErrorCode::too_large, "At most 250 identifiers can be given.");
    }
    std::vector<Node> found;
    for (const Identifier& identifier : identifiers) {
        auto node = TRY(look_up(identifier));
        if (node) found.push_back(std::move(*node));
    }
    const auto by_id = [](const Node& node) { return id_of(node); };
    std::ranges::sort(found, {}, by_id);
    const auto repeats = std::ranges::unique(found, {}, by_id);
    found.erase(repeats.begin(), repeats.end());
    return found;
}

}  // namespace latchkey::metafields
