// The master key's file. It is the one secret that is not in the store, so that a copy of the
// store alone opens nothing.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>

#include "crypto/minted_secret.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::keys {
namespace {

constexpr mode_t owner_only = 0600;
constexpr mode_t others_mask = 0077;
constexpr std::size_t max_file_bytes = 1024;

class File {
public:
    explicit File(int descriptor) noexcept : descriptor_(descriptor) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] int get() const noexcept { return descriptor_; }
    [[nodiscard]] bool is_open() const noexcept { return descriptor_ >= 0; }

private:
    int descriptor_;
};

// What the operating system said, as our codes. Call it before anything else can change errno.
Failure system_failed(const char* operation, const std::string& path) {
    const int reason = errno;
    std::string detail(operation);
    detail.append(" ").append(path).append(": ");
    detail += std::error_code(reason, std::generic_category()).message();
    if (reason == ENOSPC || reason == EDQUOT) {
        return fail(ErrorCode::storage_full, "No space is left for the master key.", detail);
    }
    if (reason == EACCES || reason == EPERM || reason == EROFS) {
        return fail(ErrorCode::no_permission, "The master key is not accessible.", detail);
    }
    return fail(ErrorCode::storage_failed, "The master key is not readable.", detail);
}

Result<Secret> read_key(const File& file, const std::string& path) {
    // The open file is judged, not the name, which could change in between.
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) return system_failed("stat", path);
    if (!S_ISREG(status.st_mode)) {
        return fail(ErrorCode::malformed, "The master key is not readable.",
                    path + " is not a file");
    }
    if ((status.st_mode & others_mask) != 0) {
        return fail(ErrorCode::no_permission, "Others can read the master key.",
                    "run: chmod 600 " + path);
    }
    std::string text(max_file_bytes, '\0');
    const ssize_t got = ::read(file.get(), text.data(), text.size());
    if (got < 0) return system_failed("read", path);
    text.resize(static_cast<std::size_t>(got));
    const Secret held(std::move(text));
    auto key = parse_master_key(held.reveal());
    if (!key) key.error().detail = path;
    return key;
}

// Absent when there is no such file.
Result<std::optional<Secret>> find_key(const std::string& path) {
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.is_open()) return read_key(file, path);
    if (errno == ENOENT) return std::nullopt;
    return system_failed("open", path);
}

Result<void> write_file(const std::string& path, const Secret& text) {
    const File file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, owner_only));
    if (!file.is_open()) return system_failed("create", path);
    const auto wanted = static_cast<ssize_t>(text.size());
    errno = ENOSPC;  // what a short write means
    if (::write(file.get(), text.reveal().data(), text.size()) != wanted) {
        return system_failed("write", path);
    }
    if (::fsync(file.get()) != 0) return system_failed("fsync", path);
    return {};
}

Result<void> sync_folder(const std::string& path) {
    auto folder = std::filesystem::path(path).parent_path().string();
    if (folder.empty()) folder = ".";
    const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file.is_open() || ::fsync(file.get()) != 0) return system_failed("fsync", folder);
    return {};
}

// Writes a new key under a name of its own, then gives it the real name, which never replaces a
// file that is there: link() fails when another process was first, and its key is the one.
Result<void> create_key(const std::string& path, Random& random) {
    std::array<std::uint8_t, 8> suffix{};
    random.fill(suffix);
    const std::string temporary = path + ".new-" + to_hex(suffix);
    std::string text(crypto::mint(crypto::SecretKind::master_key, random).reveal());
    text.push_back('\n');
    const Secret line(std::move(text));

    auto written = write_file(temporary, line);
    if (written && ::link(temporary.c_str(), path.c_str()) != 0 && errno != EEXIST) {
        written = system_failed("link", path);
    }
    ::unlink(temporary.c_str());
    TRY(std::move(written));
    return sync_folder(path);
}

}  // namespace

Result<Secret> parse_master_key(std::string_view text) {
    const auto bytes = crypto::read_minted(crypto::SecretKind::master_key, trim_ascii(text));
    if (!bytes || bytes->size() != KeyRing::key_size) {
        return fail(ErrorCode::malformed, "The master key is not well formed.");
    }
    return Secret(std::string(as_text(*bytes)));
}

Result<Secret> load_or_create_master_key(const std::string& path, Random& random) {
    auto found = TRY(find_key(path));
    if (found) return std::move(*found);
    TRY(create_key(path, random));
    found = TRY(find_key(path));
    if (found) return std::move(*found);
    return fail(ErrorCode::storage_failed, "The master key went away while it was made.", path);
}

}  // namespace latchkey::keys
