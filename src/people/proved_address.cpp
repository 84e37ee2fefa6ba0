#include "people/proved_address.hpp"

#include <string>
#include <utility>

namespace latchkey::people {
namespace {

Result<User> create_proved(database::WriteTransaction& tx, const keys::KeyRing& keys,
                           Random& random, const ProvedAddress& proved) {
    Profile profile;
    profile.email = std::string(proved.email);
    profile.email_verified = true;
    User user = TRY(create_user(tx, keys, random, std::move(profile), proved.now));
    TRY(audit::append(tx, audit::Event::user_created, {user.id, std::nullopt}, proved.now,
                      proved.source));
    return user;
}

}  // namespace

Result<User> person_of(database::WriteTransaction& tx, const keys::KeyRing& keys, Random& random,
                       const ProvedAddress& proved) {
    auto known = TRY(find_user_by_email(tx, keys, proved.email));
    if (!known) return create_proved(tx, keys, random, proved);
    if (known->profile.email_verified) return std::move(*known);
    known->profile.email_verified = true;
    return update_user(tx, keys, random, known->id, known->profile, proved.now);
}

}  // namespace latchkey::people
