#pragma once

// A read transaction: every statement sees the data as it was at the first one.

#include <memory>

#include "base/result.hpp"
#include "database/database.hpp"
#include "sqlite/connection.hpp"

namespace latchkey::sqlite {

/// On a thread that has one open already, the new one shares its snapshot.
[[nodiscard]] Result<std::unique_ptr<database::ReadTransaction>> open_snapshot(
    Connection& connection);

}  // namespace latchkey::sqlite
