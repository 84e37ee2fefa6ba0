// latchkey user create | show

#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "database/run_write.hpp"
#include "people/users.hpp"
#include "realm/act.hpp"

namespace latchkey::cli {
namespace {

json::Value::Data or_null(const std::optional<std::string>& text) {
    if (!text) return nullptr;
    return *text;
}

json::Value describe(const people::User& user) {
    const Profile& profile = user.profile;
    Fields fields;
    fields.add("userId", user.id.text())
        .add("email", profile.email)
        .add("emailVerified", profile.email_verified)
        .add("phone", or_null(profile.phone));
    if (profile.phone) fields.add("phoneVerified", profile.phone_verified);
    return fields.add("givenName", or_null(profile.given_name))
        .add("familyName", or_null(profile.family_name))
        .add("avatar", or_null(profile.avatar))
        .add("createdAt", iso_time(user.created_at))
        .add("updatedAt", iso_time(user.updated_at))
        .value();
}

Result<std::optional<people::User>> find(app::Installation& world, const UserShow& command) {
    auto tx = TRY(world.database().read());
    if (!command.email.empty()) {
        return people::find_user_by_email(*tx, world.keys(), command.email);
    }
    const UserId id = TRY(parse_user_id(command.user_id));
    return people::find_user(*tx, world.keys(), id);
}

}  // namespace

Result<void> run(const UserCreate& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    const Profile profile{.email = command.email,
                          .email_verified = command.email_verified,
                          .phone = command.phone,
                          .phone_verified = command.phone_verified,
                          .given_name = command.given_name,
                          .family_name = command.family_name,
                          .avatar = command.avatar};
    const auto act = world->act(operator_audit);
    const auto create = [&](database::WriteTransaction& tx) -> Result<people::User> {
        auto user = TRY(people::create_user(tx, world->keys(), world->random(), profile, act.now));
        TRY(realm::record(tx, act, audit::Event::user_created, {user.id, std::nullopt}));
        return user;
    };
    const auto user = TRY(database::run_write(world->database(), create));
    print(Fields().add("userId", user.id.text()).value(), command.format);
    return {};
}

Result<void> run(const UserShow& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    const auto user = TRY(find(*world, command));
    if (!user) {
        return fail(ErrorCode::not_found, "No such user.", "no user has this id or address");
    }
    print(describe(*user), command.format);
    return {};
}

}  // namespace latchkey::cli
