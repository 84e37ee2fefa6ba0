#pragma once

// Values: what an app has stored on one user. See definitions.hpp for who opens transactions.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "database/database.hpp"
#include "metafields/names.hpp"
#include "metafields/page.hpp"
#include "metafields/problem.hpp"
#include "store/metafields.hpp"

namespace latchkey::metafields {

/// Whose data, and for which app.
struct Owner {
    UserId user_id;
    ClientId client_id;
};

struct NewValue {
    Identifier identifier;
    std::string_view value;
};

/// Either all values, in the order they were given, or at least one problem and nothing written.
/// Paths are relative to the list: {"0", "value"}; an empty path means the list itself.
struct SetOutcome {
    std::vector<store::DefinedValue> values;
    Problems problems;
};

/// Sets at most 25 values, all or none.
[[nodiscard]] Result<SetOutcome> set_metafields(database::Database& database, const Owner& owner,
                                                std::span<const NewValue> wanted, Timestamp now);

/// The value that was deleted, or absent when there was none, which is no problem. Paths are
/// relative to the identifier: {"key"}.
struct DeleteOutcome {
    std::optional<store::DefinedValue> deleted;
    Problems problems;
};
[[nodiscard]] Result<DeleteOutcome> delete_metafield(database::Database& database,
                                                     const Owner& owner,
                                                     const Identifier& identifier);

/// Absent when it is not set, or not reachable for this app.
[[nodiscard]] Result<std::optional<store::DefinedValue>> find_value(database::ReadTransaction& tx,
                                                                    const Owner& owner,
                                                                    const Identifier& identifier);

/// A page of the user's values that the app can reach, in the order of their definitions' ids;
/// only those named, when `identifiers` are given.
[[nodiscard]] Result<Slice<store::DefinedValue>> list_values(
    database::ReadTransaction& tx, const Owner& owner, std::span<const Identifier> identifiers,
    const store::Page& page);

}  // namespace latchkey::metafields
