#pragma once

// Lists in pages: what one reading answers, and where the next one goes on.

#include <optional>
#include <vector>

#include "base/result.hpp"

namespace latchkey::admin {

inline constexpr int max_page = 100;

/// From where, and how many rows at most: 1 to max_page.
template <class Cursor>
struct PageRequest {
    std::optional<Cursor> after = std::nullopt;
    int limit = max_page;
};

template <class Row, class Cursor>
struct Page {
    std::vector<Row> rows;
    std::optional<Cursor> next;  // the next request's `after`; absent: this was the last page
};

/// Errors: invalid_argument.
[[nodiscard]] inline Result<void> check_page(int limit) {
    static_assert(max_page == 100, "the error text names the limit");
    if (limit >= 1 && limit <= max_page) return {};
    return fail(ErrorCode::invalid_argument, "A page has 1 to 100 rows.");
}

/// `cursor(row)` is where a page that ends with it goes on.
template <class Cursor, class Row, class CursorOf>
[[nodiscard]] Page<Row, Cursor> make_page(std::vector<Row> rows, int limit, CursorOf cursor) {
    Page<Row, Cursor> page{std::move(rows), std::nullopt};
    if (page.rows.size() >= static_cast<std::size_t>(limit)) page.next = cursor(page.rows.back());
    return page;
}

}  // namespace latchkey::admin
