#pragma once

// What an app asks a person for, what the person may refuse, and what is granted in the end.

#include <string>
#include <string_view>
#include <vector>

#include "model/records.hpp"
#include "model/scope_registry.hpp"

namespace latchkey::interaction {

/// Scopes that people are asked for together: one row of the consent page. Its views live as long
/// as the registry.
using ConsentItem = ScopeGroup;

/// The items for the scopes `asked`, in the order of the page. The item of openid and email is
/// always there and cannot be unticked: without it there is no sign-in.
[[nodiscard]] std::vector<ConsentItem> items(const ScopeRegistry& scopes, ScopeSet asked);

/// The items that `granted` holds: what an app may read later.
[[nodiscard]] std::vector<ConsentItem> items_held(const ScopeRegistry& scopes, ScopeSet granted);

/// What an app asks a person for. It is worked out once for each request.
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

/// The scopes that were asked for and that are either ticked or cannot be unticked.
[[nodiscard]] ScopeSet granted(const Wanted& wanted, const Ticks& ticks);

/// The value that the app would see of this person, for the consent page; empty: there is none.
[[nodiscard]] std::string value_shown(const ConsentItem& item, const Profile& profile);

}  // namespace latchkey::interaction
