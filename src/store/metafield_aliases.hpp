#pragma once

// Names that apps have for each other's definitions, in their own reserved namespaces.

#include <optional>
#include <string_view>
#include <vector>

#include "database/database.hpp"
#include "model/custom_data.hpp"

namespace latchkey::store {

/// Sets the one alias that an app has for a definition. Errors: conflict when the key is taken.
[[nodiscard]] Result<void> put_alias(database::WriteTransaction& tx, const AliasRecord& alias);
[[nodiscard]] Result<std::optional<DefinitionId>> find_alias(database::ReadTransaction& tx,
                                                             ClientId client_id,
                                                             std::string_view key);
[[nodiscard]] Result<std::vector<AliasRecord>> list_aliases(database::ReadTransaction& tx,
                                                            ClientId client_id);
[[nodiscard]] Result<void> delete_alias(database::WriteTransaction& tx, ClientId client_id,
                                        DefinitionId definition_id);
[[nodiscard]] Result<void> delete_alias(database::WriteTransaction& tx, ClientId client_id,
                                        std::string_view key);

}  // namespace latchkey::store
