#pragma once

// The data folder and file on disk, readable by their owner only.

#include <filesystem>

#include "base/result.hpp"

namespace latchkey::sqlite {

/// Makes the folder (0700) and an empty file (0600) where they are absent; what is there stays as
/// it is. SQLite gives its -wal and -shm files the mode of the file.
/// Errors: no_permission, storage_full, storage_failed.
[[nodiscard]] Result<void> prepare_data_file(const std::filesystem::path& file);

}  // namespace latchkey::sqlite
