#pragma once

// People, for the operator: who cannot or may not sign up, and who asks to be forgotten.

#include <string>
#include <variant>

#include "model/records.hpp"
#include "people/users.hpp"
#include "realm/act.hpp"

namespace latchkey::admin {

/// Errors: people::create_user's; invalid_argument when a phone is verified that is not there.
[[nodiscard]] Result<people::User> create_user(const realm::Act& act,
                                               database::WriteTransaction& tx, Profile profile);

struct EmailAddress {
    std::string text;  // in any spelling
};
using UserName = std::variant<UserId, EmailAddress>;
/// Errors: not_found; invalid_argument (not an address).
[[nodiscard]] Result<people::User> get_user(const realm::Realm& realm,
                                            database::ReadTransaction& tx, const UserName& name);

/// For good, as grants::delete_user does it for the person's own wish. Errors: not_found.
[[nodiscard]] Result<void> delete_user(const realm::Act& act, database::WriteTransaction& tx,
                                       UserId user_id);

}  // namespace latchkey::admin
