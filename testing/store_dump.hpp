#pragma once

// Everything in the store as one text, to compare states byte by byte.

#include <map>
#include <string>

#include "database/database.hpp"

namespace latchkey::testing {

/// By table, in the order of their names. Throws when the schema has a table that it does not know:
/// a new table is added to its list.
[[nodiscard]] std::map<std::string, std::string> dump_tables(database::ReadTransaction& tx);
[[nodiscard]] std::string dump_store(database::Database& database);

}  // namespace latchkey::testing
