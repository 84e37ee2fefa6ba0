#pragma once

// The numbered steps of the schema, as one engine writes them: the files of its folder, whose names
// begin with the number of their step. A step that has been released never changes; the next change
// is a new file. Steps only add, so that a program one version older still works on the result.

#include <cstdint>
#include <span>
#include <vector>

#include "database/database.hpp"

namespace latchkey::store::schema {

struct Step {
    std::int64_t version;
    std::vector<database::Sql> statements;
};
/// In the order of their versions.
using Steps = std::vector<Step>;

struct File {
    std::string_view name;  // "0001_people.sql"
    std::string_view contents;
};
/// Files of one number are one step, in the order of their names.
/// Errors: internal, for a name without a number or a text that does not parse.
[[nodiscard]] Result<Steps> read_steps(std::span<const File> files);

/// The schema of SQLite: src/store/schema/sqlite/*.sql.
[[nodiscard]] Result<Steps> sqlite();

}  // namespace latchkey::store::schema
