#include "sqlite/data_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "sqlite/errors.hpp"

namespace latchkey::sqlite {
namespace {

constexpr mode_t owner_folder = 0700;
constexpr mode_t owner_file = 0600;

Result<void> prepare_folder(const std::filesystem::path& folder) {
    if (folder.empty()) return {};
    std::error_code error;
    if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), error);
    if (error) return system_failure(error.value(), "making " + folder.parent_path().string());
    if (::mkdir(folder.c_str(), owner_folder) == 0 || errno == EEXIST) return {};
    return system_failure(errno, "making the data folder " + folder.string());
}

}  // namespace

Result<void> prepare_data_file(const std::filesystem::path& file) {
    TRY(prepare_folder(file.parent_path()));
    // O_EXCL: an existing file is not even opened, because closing it would drop the POSIX locks
    // that another connection of this process holds on it.
    const int descriptor =
        ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, owner_file);
    if (descriptor >= 0) {
        ::close(descriptor);
        return {};
    }
    if (errno == EEXIST) return {};
    return system_failure(errno, "making the data file " + file.string());
}

}  // namespace latchkey::sqlite
