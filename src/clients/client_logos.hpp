#pragma once

// An app's logo, beside its name on the consent and account pages. The operator gives it, having
// looked at it: a logo is what people believe first.

#include <optional>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "branding/logo.hpp"
#include "database/database.hpp"

namespace latchkey::clients {

[[nodiscard]] Result<void> put_client_logo(database::WriteTransaction& tx, ClientId client_id,
                                           const branding::Logo& logo);

/// Absent if the app has none, or is another realm's. What is stored is looked at as if it came
/// from outside. Errors: make_logo's, for a damaged row.
[[nodiscard]] Result<std::optional<branding::Logo>> find_client_logo(database::ReadTransaction& tx,
                                                                     RealmId realm,
                                                                     ClientId client_id);

}  // namespace latchkey::clients
