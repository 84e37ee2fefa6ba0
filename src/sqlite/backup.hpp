#pragma once

// A copy of the store while it is in use: one consistent state, in one file.

#include <cstdint>
#include <filesystem>

#include "base/result.hpp"

namespace latchkey::sqlite {

struct Backup {
    std::filesystem::path from;  // the data file, as sqlite::Options names it
    std::filesystem::path to;    // a new file; its folder exists
};

/// Copies what was committed when it began; its size in bytes. Writers and readers of the store go
/// on meanwhile. The copy is readable by its owner only, is on the disk when this returns, has been
/// checked, and has its name only once it is whole: after a crash there may be a `to`.partial.
/// Errors: not_found (no store); conflict (`to` is there); no_permission, storage_full,
/// storage_failed (the store is damaged, or the copy is).
[[nodiscard]] Result<std::int64_t> back_up(const Backup& backup);

}  // namespace latchkey::sqlite
