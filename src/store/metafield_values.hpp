#pragma once

// Metafield values: what apps keep on people, by definition.

#include <optional>
#include <string>
#include <vector>

#include "database/database.hpp"
#include "model/records.hpp"
#include "store/metafield_definitions.hpp"

namespace latchkey::store {

struct DefinedValue {
    MetafieldDefinitionRecord definition;
    MetafieldValueRecord value;
};
[[nodiscard]] Result<std::optional<DefinedValue>> find_value(database::ReadTransaction& tx,
                                                             UserId user_id,
                                                             const DefinitionKey& key);
/// The value of one definition, whoever owns it.
[[nodiscard]] Result<std::optional<DefinedValue>> find_value(database::ReadTransaction& tx,
                                                             UserId user_id,
                                                             DefinitionId definition_id);
/// One user's values of one client's definitions, in the order of definition ids.
[[nodiscard]] Result<std::vector<DefinedValue>> list_values(database::ReadTransaction& tx,
                                                            UserId user_id, ClientId client_id,
                                                            const Page& page);
/// Inserts or replaces; created_at is kept on replacement. Errors: not_found (the definition).
[[nodiscard]] Result<void> put_value(database::WriteTransaction& tx,
                                     const MetafieldValueRecord& value);
/// False: there was none.
[[nodiscard]] Result<bool> delete_value(database::WriteTransaction& tx, UserId user_id,
                                        DefinitionId definition_id);

/// A value that an app keeps on a person.
struct KeptValue {
    ClientId client_id;
    std::string name_space;
    std::string key;
    std::string value;
    Timestamp updated_at;
};
[[nodiscard]] Result<std::vector<KeptValue>> list_kept_values(database::ReadTransaction& tx,
                                                              UserId user_id, int limit);

}  // namespace latchkey::store
