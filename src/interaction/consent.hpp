#pragma once

// What a person is asked for, what they may take away, and what is granted in the end. The pages
// show these items and decide nothing.

#include <string>
#include <string_view>
#include <vector>

#include "model/records.hpp"
#include "model/scope_registry.hpp"

namespace latchkey::interaction {

/// Scopes that people are asked for together, one row of the consent page. Views lead into the
/// registry.
using ConsentItem = ScopeGroup;

/// The items that show `asked`, in the order in which a person would ask. Who the person is
/// (openid, e-mail) is always among them and cannot be unticked: without it there is no sign-in.
[[nodiscard]] std::vector<ConsentItem> items(const ScopeRegistry& scopes, ScopeSet asked);

/// The items that `granted` holds: what an app may read later.
[[nodiscard]] std::vector<ConsentItem> items_held(const ScopeRegistry& scopes, ScopeSet granted);

/// What an app asks a person for, understood once and carried.
struct Wanted {
    ScopeSet scopes;         // never none
    std::string names = {};  // on the wire
    ClaimSet claims = {};    // that they give
    std::vector<ConsentItem> items = {};
};
[[nodiscard]] Wanted make_wanted(const ScopeRegistry& scopes, ScopeSet asked);

/// "grant_profile": the form's field for an item's tick box.
[[nodiscard]] std::string box_of(const ConsentItem& item);

/// Which items were left ticked, by key. A box that is not there is not ticked.
class Ticks {
public:
    void add(std::string_view key) { keys_.emplace_back(key); }
    [[nodiscard]] bool has(std::string_view key) const;

private:
    std::vector<std::string> keys_;
};

/// Of what was asked: what cannot be unticked, and what was left ticked.
[[nodiscard]] ScopeSet granted(const Wanted& wanted, const Ticks& ticks);

/// What the app would see of this person, so that nobody has to guess; empty: nothing to show.
[[nodiscard]] std::string value_shown(const ConsentItem& item, const Profile& profile);

}  // namespace latchkey::interaction
