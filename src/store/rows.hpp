#pragma once

// Between rows and records: a reader that takes a row's columns one after the other, in the order
// of the list that the statement was made with, and the forms that columns have.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text/text.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"
#include "model/scopes.hpp"
#include "store/corrupt_rows.hpp"
#include "store/packed_list.hpp"

namespace latchkey::store {

using database::Row;

/// Takes the columns in their order. A record's braces are evaluated from left to right, so its
/// fields stand in the order of the columns.
class RowReader {
public:
    explicit RowReader(const Row& row) noexcept : row_(row) {}

    [[nodiscard]] bool at_null() const { return row_.is_null(next_); }
    void skip(int columns) noexcept { next_ += columns; }

    [[nodiscard]] std::int64_t integer() { return row_.integer(next_++); }
    [[nodiscard]] std::string_view view() { return row_.text(next_++); }
    [[nodiscard]] std::string text() { return std::string(view()); }
    [[nodiscard]] Bytes bytes() {
        const ByteView bytes = row_.blob(next_++);
        return {bytes.begin(), bytes.end()};
    }
    [[nodiscard]] Timestamp time() { return from_unix(integer()); }
    template <class IdType>
    [[nodiscard]] IdType id() {
        return row_.id<IdType>(next_++);
    }
    [[nodiscard]] std::optional<Timestamp> optional_time() {
        if (skip_null()) return std::nullopt;
        return time();
    }
    template <class IdType>
    [[nodiscard]] std::optional<IdType> optional_id() {
        if (skip_null()) return std::nullopt;
        return id<IdType>();
    }
    [[nodiscard]] ScopeNames scopes() { return {text()}; }
    /// What pack_list made.
    [[nodiscard]] std::vector<std::string> list(CorruptRows& corrupt) {
        auto items = unpack_list(view());
        if (!items) corrupt.note();
        return items ? *std::move(items) : std::vector<std::string>{};
    }
    /// An enumerator by its number; `unknown` for one that this program does not have.
    template <class Enum>
    [[nodiscard]] Enum number_of(Enum last, Enum unknown) {
        const std::int64_t number = integer();
        if (number < 0 || number > static_cast<std::int64_t>(last)) return unknown;
        return static_cast<Enum>(number);
    }

private:
    [[nodiscard]] bool skip_null() {
        if (!at_null()) return false;
        ++next_;
        return true;
    }

    const Row& row_;
    int next_ = 0;
};

[[nodiscard]] inline std::optional<std::int64_t> to_column(std::optional<Timestamp> time) {
    if (!time) return std::nullopt;
    return to_unix(*time);
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

/// The number that a `SELECT count(*)` answers.
[[nodiscard]] inline Result<std::int64_t> count(database::ReadTransaction& tx, database::Sql sql,
                                                database::Params params) {
    const auto number = TRY(tx.find(sql, params, [](const Row& row) { return row.integer(0); }));
    return number.value_or(0);
}

/// Whether a statement found a row.
[[nodiscard]] inline Result<bool> exists(database::ReadTransaction& tx, database::Sql sql,
                                         database::Params params) {
    const auto found = TRY(tx.find(sql, params, [](const Row&) { return true; }));
    return found.has_value();
}

/// Whether a statement that checks and sets changed its row.
[[nodiscard]] inline Result<bool> changes_one(database::WriteTransaction& tx, database::Sql sql,
                                              database::Params params) {
    const std::int64_t changed = TRY(tx.execute(sql, params));
    return changed == 1;
}

/// The start of a keyset page: an id that comes before every other, when there is none to follow.
/// Random ids are never all zero.
template <class IdType>
[[nodiscard]] IdType page_start(const std::optional<IdType>& after) {
    return after.value_or(IdType{});
}

}  // namespace latchkey::store
