#pragma once

// Lists of src/admin/ come in pages; a command shows all of one.

#include <iterator>
#include <vector>

#include "admin/page.hpp"

namespace latchkey::cli {

/// Every row of a list: `list(request)` answers a page of them.
template <class Row, class Cursor, class List>
[[nodiscard]] Result<std::vector<Row>> all_pages(List list) {
    std::vector<Row> all;
    admin::PageRequest<Cursor> request;
    do {
        auto page = TRY(list(request));
        std::ranges::move(page.rows, std::back_inserter(all));
        request.after = page.next;
    } while (request.after);
    return all;
}

}  // namespace latchkey::cli
