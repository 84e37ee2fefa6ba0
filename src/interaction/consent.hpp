#pragma once

// What a person is asked for, what they may take away, and what is granted in the end. The pages
// show these items and decide nothing.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/records.hpp"
#include "model/scopes.hpp"

namespace latchkey::interaction {

/// One row of the consent page.
struct ConsentItem {
    std::string_view key;  // "profile": the texts consent.scope.profile and consent.about.profile
    std::string_view box;  // "grant_profile": the form's field for its tick box
    ScopeSet scopes;
    enum class Kind : std::uint8_t { always, optional };
    Kind kind = Kind::optional;
};

/// The items that show `asked`, in the order in which a person would ask. Who the person is
/// (openid, e-mail) is always among them and cannot be unticked: without it there is no sign-in.
[[nodiscard]] std::vector<ConsentItem> items(ScopeSet asked);

/// The items that `granted` holds: what an app may read later.
[[nodiscard]] std::vector<ConsentItem> items_held(ScopeSet granted);

/// Which items were left ticked, by key. A box that is not there is not ticked.
class Ticks {
public:
    void add(std::string_view key) { keys_.emplace_back(key); }
    [[nodiscard]] bool has(std::string_view key) const;

private:
    std::vector<std::string> keys_;
};

/// Of what was asked: what cannot be unticked, and what was left ticked.
[[nodiscard]] ScopeSet granted(ScopeSet asked, const Ticks& ticks);

/// What the app would see of this person, so that nobody has to guess; empty: nothing to show.
[[nodiscard]] std::string value_shown(const ConsentItem& item, const Profile& profile);

}  // namespace latchkey::interaction
