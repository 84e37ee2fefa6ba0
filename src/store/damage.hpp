#pragma once

// Rows that this program cannot have written. They are refused, never guessed at: an app whose
// redirect URIs do not parse must not count as one without any rules.

#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "store/columns.hpp"
#include "store/packed_list.hpp"

namespace latchkey::store {

class Damage {
public:
    [[nodiscard]] std::vector<std::string> list_column(const Row& row, int column) {
        auto items = unpack_list(row.text(column));
        if (!items) found_ = true;
        return items ? *std::move(items) : std::vector<std::string>{};
    }
    void note() noexcept { found_ = true; }

    /// Errors: storage_failed when a row read so far was damaged.
    [[nodiscard]] Result<void> check() const {
        if (!found_) return {};
        return fail(ErrorCode::storage_failed, "The storage failed.", "a row does not parse");
    }

private:
    bool found_ = false;
};

}  // namespace latchkey::store
