// latchkey user create | show | delete

#include "admin/people.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"

namespace latchkey::cli {
namespace {

json::Value user_object(const people::User& user) {
    const Profile& profile = user.profile;
    Fields fields;
    fields.add("userId", user.id.text())
        .add("email", profile.email)
        .add("emailVerified", profile.email_verified)
        .add_text("phone", profile.phone);
    if (profile.phone) fields.add("phoneVerified", profile.phone_verified);
    return fields.add_text("givenName", profile.given_name)
        .add_text("familyName", profile.family_name)
        .add_text("avatar", profile.avatar)
        .add_time("createdAt", user.created_at)
        .add_time("updatedAt", user.updated_at)
        .value();
}

Result<admin::UserName> name_of(const UserShow& command) {
    if (!command.email.empty()) return admin::EmailAddress{command.email};
    return TRY(parse_user_id(command.user_id));
}

}  // namespace

Result<void> run(const UserCreate& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const Profile profile{.email = command.email,
                          .email_verified = command.email_verified,
                          .phone = command.phone,
                          .phone_verified = command.phone_verified,
                          .given_name = command.given_name,
                          .family_name = command.family_name,
                          .avatar = command.avatar};
    const auto created = operation->write(
        [&](const auto& act, auto& tx) { return admin::create_user(act, tx, profile); });
    const auto user = TRY(
        with_hint(created, ErrorCode::conflict, "`latchkey user show --email …` shows who has it"));
    print(Fields().add("userId", user.id.text()).value(), command.format);
    return {};
}

Result<void> run(const UserShow& command, const app::Environment& environment) {
    const auto installation = TRY(open_installation(command, environment));
    const admin::UserName name = TRY(name_of(command));
    auto tx = TRY(installation->database().read());
    print(user_object(TRY(admin::get_user(installation->realm(), *tx, name))), command.format);
    return {};
}

Result<void> run(const UserDelete& command, const app::Environment& environment) {
    if (!command.confirmed) {
        return fail(ErrorCode::invalid_argument, "Not confirmed.",
                    "this deletes the person, their connections and what apps keep on them for "
                    "good; add --yes to do it");
    }
    const auto operation = TRY(Operation::open(command, environment));
    const UserId id = TRY(parse_user_id(command.user_id));
    TRY(operation->write(
        [&](const auto& act, auto& tx) { return admin::delete_user(act, tx, id); }));
    print(Fields().add("userId", id.text()).add("deleted", true).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
