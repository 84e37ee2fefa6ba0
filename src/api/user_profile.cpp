#include "api/user_profile.hpp"

#include <utility>

#include "people/users.hpp"

namespace latchkey::api {
namespace {

using graphql::Value;

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
    Claim claim;
    Value (*read)(const Profile& profile);
};

// Each field and the claim that opens it; which scopes give that is the seed guide's table
// (model/scope_registry.cpp). `sub` has no gate.
constexpr GatedField gated_fields[] = {
    {"avatar", Claim::picture, read_avatar},
    {"email", Claim::email, read_email},
    {"emailVerified", Claim::email_verified, read_email_verified},
    {"familyName", Claim::family_name, read_family_name},
    {"givenName", Claim::given_name, read_given_name},
    {"name", Claim::name, read_name},
    {"phone", Claim::phone_number, read_phone},
    {"phoneVerified", Claim::phone_number_verified, read_phone_verified},
};

bool reads_profile(ClaimSet claims, const graphql::Call& call, std::string_view parent) {
    for (const GatedField& field : gated_fields) {
        if (!claims.has(field.claim)) continue;
        const bool selected =
            parent.empty() ? call.selects(field.name) : call.selects(parent, field.name);
        if (selected) return true;
    }
    return false;
}

}  // namespace

Result<UserView> make_user_view(const realm::Realm& realm, UserAccess access,
                                const graphql::Call& call, std::string_view parent) {
    UserView view{.sub = std::move(access.sub),
                  .claims = realm.scopes.claims(access.scopes),
                  .profile = std::nullopt};
    if (reads_profile(view.claims, call, parent)) {
        view.profile = TRY(people::open_profile(realm.keys, access.user));
    }
    return view;
}

void add_user(graphql::Resolvers& resolvers) {
    auto user = resolvers.object<UserView>("User");
    user.field("sub", &UserView::sub);
    for (const GatedField& field : gated_fields) {
        user.field(field.name, [field](const UserView& view) {
            const bool open = view.profile && view.claims.has(field.claim);
            return open ? field.read(*view.profile) : Value();
        });
    }
}

}  // namespace latchkey::api
