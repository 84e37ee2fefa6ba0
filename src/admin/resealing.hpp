#pragma once

// Sealing rows again after a rotation, for an operator who wants an older key gone now. Servers do
// it by themselves, a few rows at a time.

#include <vector>

#include "database/database.hpp"
#include "keys/resealing.hpp"
#include "realm/act.hpp"

namespace latchkey::admin {

/// How many rows one transaction looks at, so that others wait only for a moment.
inline constexpr int resealing_rows = 200;

/// Every column that the ring seals and whose rows stay, from all over the domain.
[[nodiscard]] std::vector<keys::SealedColumn> sealed_columns();

/// Seals under the realm's current keys what older ones sealed, in transactions of its own, one
/// after the other; how many rows it looked at. Where there are any, the first of these
/// transactions writes the line in the trail. What was done stays when a later one fails.
/// Errors: those of keys::Resealer::step; storage errors.
[[nodiscard]] Result<std::int64_t> reseal(const realm::Act& act, database::Database& database);

}  // namespace latchkey::admin
