#pragma once

// Running one statement on a connection.

#include <cstdint>
#include <memory>

#include "base/result.hpp"
#include "database/database.hpp"
#include "sqlite/connection.hpp"

namespace latchkey::sqlite {

/// A cursor over the statement's rows. What the parameters borrow stays until it is closed.
[[nodiscard]] Result<std::unique_ptr<database::Cursor>> open_cursor(Connection& connection,
                                                                    database::Sql sql,
                                                                    database::Params params);

/// Runs the statement to its end; the number of rows it changed.
[[nodiscard]] Result<std::int64_t> execute_statement(Connection& connection, database::Sql sql,
                                                     database::Params params);

}  // namespace latchkey::sqlite
