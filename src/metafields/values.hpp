#pragma once

// Values: what an app has stored on one user. See change.hpp for who commits.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "database/database.hpp"
#include "metafields/names.hpp"
#include "metafields/page.hpp"
#include "metafields/problem.hpp"
#include "store/metafield_definitions.hpp"
#include "store/metafield_values.hpp"

namespace latchkey::metafields {

/// Whose data, and for which app.
struct Owner {
    UserId user_id;
    ClientId client_id;
};

struct NewValue {
    Identifier identifier;
    std::string_view value;
    /// Set only if the value there has this digest, or, when the inner one is absent, if there is
    /// none. Absent: set in any case.
    std::optional<std::optional<std::string_view>> compare_digest = std::nullopt;
};

/// Either all values, in the order they were given, or at least one problem.
/// Paths are relative to the list: {"0", "value"}; an empty path means the list itself.
struct SetOutcome {
    std::vector<store::DefinedValue> values;
    Problems problems;
};

/// Sets at most 25 values, all or none. Needs WRITE on each definition.
[[nodiscard]] Result<SetOutcome> set_metafields(database::WriteTransaction& tx, const Owner& owner,
                                                std::span<const NewValue> wanted, Timestamp now);

/// What was deleted, in the order of the identifiers; absent where nothing was set, which is no
/// problem. Or at least one problem, and nothing deleted. Paths are relative to the list:
/// {"0", "key"}.
struct DeleteOutcome {
    std::vector<std::optional<store::DefinedValue>> deleted;
    Problems problems;
};

/// Deletes at most 25 values, all or none. Needs WRITE on each definition.
[[nodiscard]] Result<DeleteOutcome> delete_metafields(database::WriteTransaction& tx,
                                                      const Owner& owner,
                                                      std::span<const Identifier> identifiers,
                                                      Timestamp now);

/// SHA-256 of a canonical value in hex: what compare_digest is compared with.
[[nodiscard]] std::string value_digest(std::string_view value);

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
