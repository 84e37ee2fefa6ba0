#pragma once

// The file operations of the vault: whole files that appear at once and stay.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "latchkey/client/error.hpp"
#include "latchkey/client/secret.hpp"

namespace latchkey::client {

enum class IfThere : std::uint8_t { replace, keep };

/// Writes `contents` under a temporary name, syncs it, gives it its name, syncs the folder: after a
/// crash `path` holds what it held before, or all of `contents`. With `keep`, a file that is there
/// already wins and it is no error.
[[nodiscard]] Result<void> write_durably(const std::filesystem::path& path,
                                         std::string_view contents, IfThere if_there);

/// The temporary names of write_durably start with this.
inline constexpr std::string_view temporary_prefix = ".new-";

enum class Readers : std::uint8_t { anyone, owner_only };

/// Absent when there is no such file. Errors: no_permission (also when `owner_only` is asked for
/// and the file's mode lets others in), too_large, malformed (not a regular file), storage_failed.
[[nodiscard]] Result<std::optional<Secret>> read_whole(const std::filesystem::path& path,
                                                       Readers readers, std::size_t max_bytes);

/// Makes the folder, mode 0700, when it is missing.
[[nodiscard]] Result<void> make_private_folder(const std::filesystem::path& path);

/// It is no error if there is no such file.
[[nodiscard]] Result<void> remove_durably(const std::filesystem::path& path);

/// A lock that the process holds until this goes, or the process does.
class FolderLock {
public:
    /// Errors: in_use (somebody else holds it), storage_failed.
    [[nodiscard]] static Result<FolderLock> take(const std::filesystem::path& folder);
    FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int descriptor) noexcept : descriptor_(descriptor) {}
    int descriptor_;
};

/// Removes what writes left that were cut off before they gave their file its name.
void remove_leftovers(const std::filesystem::path& folder);

}  // namespace latchkey::client
