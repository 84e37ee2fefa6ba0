#pragma once

// Rows that this program cannot have written. They are refused, never guessed at: an app whose
// redirect URIs do not parse must not count as one without any rules.

#include "base/result.hpp"

namespace latchkey::store {

class CorruptRows {
public:
    void note() noexcept { found_ = true; }

    /// Errors: storage_failed when a row read so far was corrupt.
    [[nodiscard]] Result<void> check() const {
        if (!found_) return {};
        return fail(ErrorCode::storage_failed, "The storage failed.", "a row does not parse");
    }

private:
    bool found_ = false;
};

}  // namespace latchkey::store
