#include "interaction/consent.hpp"

#include <algorithm>

namespace latchkey::interaction {
namespace {

std::string full_name_of(const Profile& profile) {
    std::string name = profile.given_name.value_or("");
    if (profile.family_name) {
        if (!name.empty()) name.push_back(' ');
        name += *profile.family_name;
    }
    return name;
}

/// A claim's value for people to read; empty: there is none, or none that says anything to them.
std::string value_of(Claim claim, const Profile& profile) {
    switch (claim) {
        case Claim::email: return profile.email;
        case Claim::phone_number: return profile.phone.value_or("");
        case Claim::given_name: return profile.given_name.value_or("");
        case Claim::family_name: return profile.family_name.value_or("");
        case Claim::name: return full_name_of(profile);
        case Claim::email_verified:
        case Claim::phone_number_verified:
        case Claim::picture: break;
    }
    return {};
}

}  // namespace

std::vector<ConsentItem> items(const ScopeRegistry& scopes, ScopeSet asked) {
    std::vector<ConsentItem> found;
    for (const ConsentItem& item : scopes.groups()) {
        if (item.asking == Asking::always || !(asked & item.scopes).empty()) found.push_back(item);
    }
    return found;
}

std::vector<ConsentItem> items_held(const ScopeRegistry& scopes, ScopeSet granted) {
    std::vector<ConsentItem> found = items(scopes, granted);
    std::erase_if(found,
                  [granted](const ConsentItem& item) { return (granted & item.scopes).empty(); });
    return found;
}

Wanted make_wanted(const ScopeRegistry& scopes, ScopeSet asked) {
    return {asked, scopes.text(asked), scopes.claims(asked), items(scopes, asked)};
}

std::string box_of(const ConsentItem& item) { return "grant_" + std::string(item.key); }

bool Ticks::has(std::string_view key) const { return std::ranges::find(keys_, key) != keys_.end(); }

ScopeSet granted(const Wanted& wanted, const Ticks& ticks) {
    ScopeSet kept;
    for (const ConsentItem& item : wanted.items) {
        if (item.asking == Asking::always || ticks.has(item.key)) kept = kept | item.scopes;
    }
    return kept & wanted.scopes;
}

std::string value_shown(const ConsentItem& item, const Profile& profile) {
    return item.shown ? value_of(*item.shown, profile) : std::string();
}

}  // namespace latchkey::interaction
