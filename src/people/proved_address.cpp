#include "people/proved_address.hpp"

#include <string>
#include <utility>

namespace latchkey::people {
namespace {

Result<User> create_proved(const realm::Act& act, database::WriteTransaction& tx,
                           std::string_view email) {
    Profile profile;
    profile.email = std::string(email);
    profile.email_verified = true;
    User user = TRY(create_user(tx, act.realm.keys, act.random, std::move(profile), act.now));
    TRY(realm::record(tx, act, audit::Event::user_created, {user.id, std::nullopt}));
    return user;
}

}  // namespace

Result<std::optional<User>> find_or_create_person(const realm::Act& act,
                                                  database::WriteTransaction& tx,
                                                  std::string_view proved_email) {
    const keys::KeyRing& keys = act.realm.keys;
    auto known = TRY(find_user_by_email(tx, keys, proved_email));
    if (!known) {
        if (act.realm.sign_up == realm::SignUp::closed) return std::nullopt;
        return TRY(create_proved(act, tx, proved_email));
    }
    if (known->profile.email_verified) return known;
    known->profile.email_verified = true;
    return TRY(update_user(tx, keys, act.random, known->id, known->profile, act.now));
}

}  // namespace latchkey::people
