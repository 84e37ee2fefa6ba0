#pragma once

// SQLite's result codes as ours.

#include <string_view>

#include "base/result.hpp"

struct sqlite3;

namespace latchkey::sqlite {

/// The failure that `connection` reports for `code`. The detail names what was being done and
/// SQLite's own message, which holds table and column names but never a value.
/// A unique key that is taken has none: it is no fault of the storage, and whoever writes the row
/// knows in the caller's words what is there already.
[[nodiscard]] Failure failure(sqlite3* connection, int code, std::string_view doing);

/// The same for an errno of the operating system.
[[nodiscard]] Failure system_failure(int error_number, std::string_view doing);

}  // namespace latchkey::sqlite
