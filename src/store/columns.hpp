#pragma once

// Columns as the records' fields.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/text.hpp"
#include "database/database.hpp"
#include "model/records.hpp"
#include "model/scopes.hpp"

namespace latchkey::store {

using database::Row;

[[nodiscard]] inline Timestamp time_column(const Row& row, int column) {
    return from_unix(row.integer(column));
}
[[nodiscard]] inline std::optional<Timestamp> optional_time_column(const Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return time_column(row, column);
}
[[nodiscard]] inline Bytes bytes_column(const Row& row, int column) {
    const ByteView bytes = row.blob(column);
    return {bytes.begin(), bytes.end()};
}
[[nodiscard]] inline std::string text_column(const Row& row, int column) {
    return std::string(row.text(column));
}
template <class IdType>
[[nodiscard]] std::optional<IdType> optional_id_column(const Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return row.id<IdType>(column);
}
[[nodiscard]] inline ScopeSet scopes_column(const Row& row, int column) {
    return ScopeSet(static_cast<std::uint32_t>(row.integer(column)));
}
[[nodiscard]] inline std::optional<std::int64_t> to_column(std::optional<Timestamp> time) {
    if (!time) return std::nullopt;
    return to_unix(*time);
}
[[nodiscard]] inline std::int64_t to_column(ScopeSet scopes) { return std::int64_t{scopes.bits()}; }

/// Version, width and height, beginning at `column`.
[[nodiscard]] inline LogoLabel logo_label_columns(const Row& row, int column) {
    return {.version = text_column(row, column),
            .width = static_cast<std::uint32_t>(row.integer(column + 1)),
            .height = static_cast<std::uint32_t>(row.integer(column + 2))};
}

/// Every row through `read`.
template <class Read>
[[nodiscard]] auto collect(database::ReadTransaction& tx, database::Sql sql,
                           database::Params params, Read read)
    -> Result<std::vector<decltype(read(std::declval<const Row&>()))>> {
    std::vector<decltype(read(std::declval<const Row&>()))> rows;
    TRY(tx.each(sql, params, [&rows, &read](const Row& row) { rows.push_back(read(row)); }));
    return rows;
}

/// The start of a keyset page: an id that comes before every other, when there is none to follow.
/// Random ids are never all zero.
template <class IdType>
[[nodiscard]] IdType page_start(const std::optional<IdType>& after) {
    return after.value_or(IdType{});
}

}  // namespace latchkey::store
