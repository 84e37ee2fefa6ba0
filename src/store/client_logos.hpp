#pragma once

// The apps' logos.

#include <optional>
#include <string>

#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::store {

/// Puts it in the place of the one that the app has.
[[nodiscard]] Result<void> put_client_logo(database::WriteTransaction& tx, ClientId client_id,
                                           const LogoLabel& label, ByteView contents);
/// False: it has none.
[[nodiscard]] Result<bool> delete_client_logo(database::WriteTransaction& tx, ClientId client_id);

/// What a page needs to show it.
[[nodiscard]] Result<std::optional<LogoLabel>> find_client_logo_label(database::ReadTransaction& tx,
                                                                      ClientId client_id);
/// The image itself. Absent if the app is another realm's.
[[nodiscard]] Result<std::optional<Bytes>> find_client_logo(database::ReadTransaction& tx,
                                                            RealmId realm, ClientId client_id);

}  // namespace latchkey::store
