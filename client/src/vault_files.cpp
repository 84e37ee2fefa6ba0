#include "vault_files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "encoding.hpp"
#include "fail.hpp"
#include "sealing.hpp"

namespace latchkey::client {
namespace {

constexpr mode_t owner_only_file = 0600;
constexpr mode_t owner_only_folder = 0700;
constexpr mode_t others_mask = 0077;

class File {
public:
    explicit File(int descriptor) noexcept : descriptor_(descriptor) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (is_open()) ::close(descriptor_);
    }
    [[nodiscard]] int get() const noexcept { return descriptor_; }
    [[nodiscard]] bool is_open() const noexcept { return descriptor_ >= 0; }

private:
    int descriptor_;
};

// What the operating system said. Call it before anything else can change errno.
std::unexpected<Error> system_failed(const char* operation, const std::filesystem::path& path) {
    const int reason = errno;
    std::string message(operation);
    message.append(" ").append(path.string()).append(": ");
    message += std::error_code(reason, std::generic_category()).message();
    if (reason == ENOSPC || reason == EDQUOT) {
        return fail(ErrorKind::storage_full, std::move(message));
    }
    if (reason == EACCES || reason == EPERM || reason == EROFS) {
        return fail(ErrorKind::no_permission, std::move(message));
    }
    return fail(ErrorKind::storage_failed, std::move(message));
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

// Without it a crash may bring the folder's old entries back.
Result<void> sync_folder(const std::filesystem::path& folder) {
    const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file.is_open() || ::fsync(file.get()) != 0) return system_failed("fsync", folder);
    return {};
}

Result<void> write_all(const File& file, std::string_view contents,
                       const std::filesystem::path& path) {
    while (!contents.empty()) {
        const ssize_t written = ::write(file.get(), contents.data(), contents.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return system_failed("write", path);
        contents.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> write_new(const std::filesystem::path& path, std::string_view contents) {
    const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                           owner_only_file));
    if (!file.is_open()) return system_failed("create", path);
    TRY(write_all(file, contents, path));
    if (::fsync(file.get()) != 0) return system_failed("fsync", path);
    return {};
}

Result<void> give_name(const std::filesystem::path& from, const std::filesystem::path& to,
                       IfThere if_there) {
    if (if_there == IfThere::replace) {
        if (::rename(from.c_str(), to.c_str()) != 0) return system_failed("rename", to);
        return {};
    }
    // link() never replaces a file that is there: whoever was first has made it.
    if (::link(from.c_str(), to.c_str()) != 0 && errno != EEXIST) return system_failed("link", to);
    return {};
}

std::string temporary_name() {
    std::array<std::uint8_t, 16> bytes{};
    fill_random(bytes);
    return std::string(temporary_prefix) + to_hex(bytes);
}

Result<Secret> read_open(const File& file, std::size_t max_bytes,
                         const std::filesystem::path& path) {
    // One byte more than allowed tells a file that is too long.
    std::string contents(max_bytes + 1, '\0');
    std::size_t size = 0;
    while (size < contents.size()) {
        const ssize_t got = ::read(file.get(), contents.data() + size, contents.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_failed("read", path);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    contents.resize(size);
    Secret held(std::move(contents));
    if (held.size() > max_bytes) {
        return fail(ErrorKind::too_large, "a file of the vault is too long: " + path.string());
    }
    return held;
}

}  // namespace

Result<void> write_durably(const std::filesystem::path& path, std::string_view contents,
                           IfThere if_there) {
    const std::filesystem::path folder = folder_of(path);
    const std::filesystem::path temporary = folder / temporary_name();
    auto written = write_new(temporary, contents);
    if (written) written = give_name(temporary, path, if_there);
    if (!written || if_there == IfThere::keep) ::unlink(temporary.c_str());
    TRY(std::move(written));
    return sync_folder(folder);
}

Result<std::optional<Secret>> read_whole(const std::filesystem::path& path, Readers readers,
                                         std::size_t max_bytes) {
    // O_NONBLOCK: opening a pipe in a file's place would wait for ever.
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.is_open() && errno == ENOENT) return std::nullopt;
    if (!file.is_open()) return system_failed("open", path);
    // The open file is judged, not the name, which could change in between.
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return system_failed("stat", path);
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorKind::malformed, path.string() + " is not a regular file");
    }
    if (readers == Readers::owner_only && (status.st_mode & others_mask) != 0) {
        return fail(ErrorKind::no_permission,
                    "others can read the key; run: chmod 600 " + path.string());
    }
    return TRY(read_open(file, max_bytes, path));
}

Result<void> make_private_folder(const std::filesystem::path& path) {
    std::error_code failed;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), failed);
    if (::mkdir(path.c_str(), owner_only_folder) == 0) return sync_folder(folder_of(path));
    if (errno != EEXIST) return system_failed("mkdir", path);
    if (!std::filesystem::is_directory(path, failed)) {
        return fail(ErrorKind::malformed, path.string() + " is not a folder");
    }
    return {};
}

Result<void> remove_durably(const std::filesystem::path& path) {
    if (::unlink(path.c_str()) != 0) {
        if (errno == ENOENT) return {};
        return system_failed("remove", path);
    }
    return sync_folder(folder_of(path));
}

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / ".lock";
    FolderLock lock(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, owner_only_file));
    if (lock.descriptor_ < 0) return system_failed("open", path);
    if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) == 0) return lock;
    if (errno != EWOULDBLOCK) return system_failed("lock", path);
    return fail(ErrorKind::in_use, "another process uses the vault in " + folder.string());
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void remove_leftovers(const std::filesystem::path& folder) {
    std::error_code ignored;  // what stays is found the next time
    for (std::filesystem::directory_iterator entry(folder, ignored), end; entry != end;
         entry.increment(ignored)) {
        if (entry->path().filename().string().starts_with(temporary_prefix)) {
            std::filesystem::remove(entry->path(), ignored);
        }
        if (ignored) return;
    }
}

}  // namespace latchkey::client
