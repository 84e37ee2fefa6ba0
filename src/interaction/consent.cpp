#include "interaction/consent.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace latchkey::interaction {
namespace {

constexpr ScopeSet set_of(std::initializer_list<Scope> scopes) {
    ScopeSet set;
    for (const Scope scope : scopes) set.add(scope);
    return set;
}

struct Row {
    ConsentItem item;
    std::string (*value)(const Profile& profile);
};

std::string email_of(const Profile& profile) { return profile.email; }

std::string full_name_of(const Profile& profile) {
    std::string name = profile.given_name.value_or("");
    if (profile.family_name) {
        if (!name.empty()) name.push_back(' ');
        name += *profile.family_name;
    }
    return name;
}

std::string phone_of(const Profile& profile) { return profile.phone.value_or(""); }

std::string no_value(const Profile& /*profile*/) { return {}; }

constexpr auto always = ConsentItem::Kind::always;
constexpr auto optional = ConsentItem::Kind::optional;

// In the order in which a person would ask.
constexpr std::array<Row, 6> rows{{
    {{"email", "grant_email", set_of({Scope::openid, Scope::email, Scope::email_verified}), always},
     email_of},
    {{"profile", "grant_profile", set_of({Scope::profile}), optional}, full_name_of},
    {{"name", "grant_name", set_of({Scope::name}), optional}, full_name_of},
    {{"avatar", "grant_avatar", set_of({Scope::avatar}), optional}, no_value},
    {{"phone", "grant_phone", set_of({Scope::phone, Scope::phone_verified}), optional}, phone_of},
    {{"manage", "grant_manage", set_of({Scope::user_manage}), optional}, no_value},
}};

}  // namespace

std::vector<ConsentItem> items(ScopeSet asked) {
    std::vector<ConsentItem> found;
    for (const Row& row : rows) {
        if (row.item.kind == always || !(asked & row.item.scopes).empty()) {
            found.push_back(row.item);
        }
    }
    return found;
}

std::vector<ConsentItem> items_held(ScopeSet granted) {
    std::vector<ConsentItem> found = items(granted);
    std::erase_if(found,
                  [granted](const ConsentItem& item) { return (granted & item.scopes).empty(); });
    return found;
}

bool Ticks::has(std::string_view key) const { return std::ranges::find(keys_, key) != keys_.end(); }

ScopeSet granted(ScopeSet asked, const Ticks& ticks) {
    ScopeSet kept;
    for (const ConsentItem& item : items(asked)) {
        if (item.kind == always || ticks.has(item.key)) kept = kept | item.scopes;
    }
    return kept & asked;
}

std::string value_shown(const ConsentItem& item, const Profile& profile) {
    const auto row =
        std::ranges::find(rows, item.key, [](const Row& each) { return each.item.key; });
    return row == rows.end() ? std::string() : row->value(profile);
}

}  // namespace latchkey::interaction
