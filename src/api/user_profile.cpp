#include "api/user_profile.hpp"

#include <utility>

#include "people/users.hpp"

namespace latchkey::api {
namespace {

using graphql::Value;

using Gate = bool (ScopeSet::*)() const noexcept;

Value read_email(const Profile& profile) { return Value::text(profile.email); }
Value read_email_verified(const Profile& profile) { return Value::boolean(profile.email_verified); }
Value read_phone(const Profile& profile) { return Value::text(profile.phone); }
Value read_phone_verified(const Profile& profile) {
    return profile.phone ? Value::boolean(profile.phone_verified) : Value();
}
Value read_given_name(const Profile& profile) { return Value::text(profile.given_name); }
Value read_family_name(const Profile& profile) { return Value::text(profile.family_name); }
Value read_avatar(const Profile& profile) { return Value::text(profile.avatar); }

Value read_name(const Profile& profile) {
    if (!profile.given_name) return Value::text(profile.family_name);
    if (!profile.family_name) return Value::text(profile.given_name);
    return Value::owned(*profile.given_name + " " + *profile.family_name);
}

struct GatedField {
    std::string_view name;
    Gate gate;
    Value (*read)(const Profile& profile);
};

// The seed guide's table of fields and gating scopes. `sub` has no gate.
constexpr GatedField gated_fields[] = {
    {"avatar", &ScopeSet::opens_avatar, read_avatar},
    {"email", &ScopeSet::opens_email, read_email},
    {"emailVerified", &ScopeSet::opens_email, read_email_verified},
    {"familyName", &ScopeSet::opens_name, read_family_name},
    {"givenName", &ScopeSet::opens_name, read_given_name},
    {"name", &ScopeSet::opens_name, read_name},
    {"phone", &ScopeSet::opens_phone, read_phone},
    {"phoneVerified", &ScopeSet::opens_phone, read_phone_verified},
};

bool reads_profile(ScopeSet scopes, const graphql::Call& call, std::string_view parent) {
    for (const GatedField& field : gated_fields) {
        if (!(scopes.*field.gate)()) continue;
        const bool selected =
            parent.empty() ? call.selects(field.name) : call.selects(parent, field.name);
        if (selected) return true;
    }
    return false;
}

}  // namespace

Result<UserView> make_user_view(const realm::Realm& realm, UserAccess access,
                                const graphql::Call& call, std::string_view parent) {
    UserView view{.sub = std::move(access.sub), .scopes = access.scopes, .profile = std::nullopt};
    if (reads_profile(access.scopes, call, parent)) {
        view.profile = TRY(people::open_profile(realm.keys, access.user));
    }
    return view;
}

void add_user(graphql::Resolvers& resolvers) {
    auto user = resolvers.object<UserView>("User");
    user.field("sub", &UserView::sub);
    for (const GatedField& field : gated_fields) {
        user.field(field.name, [field](const UserView& view) {
            const bool open = view.profile && (view.scopes.*field.gate)();
            return open ? field.read(*view.profile) : Value();
        });
    }
}

}  // namespace latchkey::api
