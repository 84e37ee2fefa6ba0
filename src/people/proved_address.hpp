#pragma once

// Who becomes a person: whoever proves an address for the first time, where sign-up is open.

#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "database/database.hpp"
#include "people/users.hpp"
#include "realm/act.hpp"

namespace latchkey::people {

/// The person of an address whose mailbox has just been shown to be somebody's: from now on with an
/// address that is verified, and created if it is the first time. Absent: nobody has the address,
/// and the realm's sign-up is closed. Errors: storage errors.
[[nodiscard]] Result<std::optional<User>> find_or_create_person(const realm::Act& act,
                                                                database::WriteTransaction& tx,
                                                                std::string_view proved_email);

}  // namespace latchkey::people
