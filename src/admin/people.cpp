#include "admin/people.hpp"

#include <optional>
#include <utility>

#include "admin/refusals.hpp"
#include "grants/deletion.hpp"

namespace latchkey::admin {
namespace {

Result<std::optional<people::User>> find_user(const realm::Realm& realm,
                                              database::ReadTransaction& tx, const UserName& name) {
    if (const auto* id = std::get_if<UserId>(&name)) return people::find_user(tx, realm.keys, *id);
    return people::find_user_by_email(tx, realm.keys, std::get<EmailAddress>(name).text);
}

}  // namespace

Result<people::User> create_user(const realm::Act& act, database::WriteTransaction& tx,
                                 Profile profile) {
    if (profile.phone_verified && !profile.phone) {
        return fail(ErrorCode::invalid_argument, "There is no phone number to be verified.");
    }
    auto user =
        TRY(people::create_user(tx, act.realm.keys, act.random, std::move(profile), act.now));
    TRY(realm::record(tx, act, audit::Event::user_created, {user.id, std::nullopt}));
    return user;
}

Result<people::User> get_user(const realm::Realm& realm, database::ReadTransaction& tx,
                              const UserName& name) {
    auto user = TRY(find_user(realm, tx, name));
    if (!user) return no_such_user();
    return std::move(*user);
}

Result<void> delete_user(const realm::Act& act, database::WriteTransaction& tx, UserId user_id) {
    const bool was_there = TRY(grants::delete_user(act, tx, user_id));
    if (!was_there) return no_such_user();
    return {};
}

}  // namespace latchkey::admin
