#include "sqlite/log_writes.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <utility>

namespace latchkey::sqlite {
namespace {

/// Of a page of 4096 bytes.
constexpr std::size_t frame_bytes = 24 + 4096;
/// What is gathered at most; more is written in several parts. SQLite's files take up to 17 bits of
/// a length at a time.
constexpr std::size_t gathered_bytes = 31 * frame_bytes;
static_assert(gathered_bytes < 1U << 17U);

constexpr const char* name = "latchkey";

/// A log that SQLite has opened. It lies in memory of SQLite's, before the system's own file.
class LogFile {
public:
    LogFile() noexcept;

    static LogFile& of(sqlite3_file* file) noexcept { return *reinterpret_cast<LogFile*>(file); }
    [[nodiscard]] sqlite3_file* real() noexcept {
        return reinterpret_cast<sqlite3_file*>(reinterpret_cast<std::uint8_t*>(this) +
                                               sizeof(LogFile));
    }
    [[nodiscard]] const sqlite3_io_methods& system() noexcept { return *real()->pMethods; }

    /// What the log is to hold at `at`. What fails later is reported by the sync of its commit.
    int write(const void* bytes, std::size_t size, sqlite3_int64 at) noexcept;
    /// Writes what was gathered.
    int flush() noexcept;

private:
    sqlite3_file base_{};  // first: SQLite sees a LogFile as one
    sqlite3_int64 begin_ = 0;
    std::size_t size_ = 0;
    std::unique_ptr<std::uint8_t[]> gathered_;  // from the first write on
};

int LogFile::write(const void* bytes, std::size_t size, sqlite3_int64 at) noexcept {
    const bool follows = size_ > 0 && at == begin_ + static_cast<sqlite3_int64>(size_);
    if (!follows || size > gathered_bytes - size_) {
        if (const int code = flush(); code != SQLITE_OK) return code;
        begin_ = at;
    }
    if (!gathered_) gathered_.reset(new (std::nothrow) std::uint8_t[gathered_bytes]);
    if (!gathered_ || size > gathered_bytes) {
        return system().xWrite(real(), bytes, static_cast<int>(size), at);
    }
    std::memcpy(gathered_.get() + size_, bytes, size);
    size_ += size;
    return SQLITE_OK;
}

int LogFile::flush() noexcept {
    if (size_ == 0) return SQLITE_OK;
    // Gone also where it fails: SQLite takes the transaction back, and begins again at its place.
    const int size = static_cast<int>(std::exchange(size_, 0));
    return system().xWrite(real(), gathered_.get(), size, begin_);
}

int close(sqlite3_file* file) {
    LogFile& log = LogFile::of(file);
    const int flushed = log.flush();
    const int closed = log.system().xClose(log.real());
    std::destroy_at(&log);
    return flushed != SQLITE_OK ? flushed : closed;
}

int read(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
    LogFile& log = LogFile::of(file);
    if (const int code = log.flush(); code != SQLITE_OK) return code;
    return log.system().xRead(log.real(), into, size, at);
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
    return LogFile::of(file).write(bytes, static_cast<std::size_t>(size), at);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    LogFile& log = LogFile::of(file);
    if (const int code = log.flush(); code != SQLITE_OK) return code;
    return log.system().xTruncate(log.real(), size);
}

int sync(sqlite3_file* file, int flags) {
    LogFile& log = LogFile::of(file);
    if (const int code = log.flush(); code != SQLITE_OK) return code;
    return log.system().xSync(log.real(), flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    LogFile& log = LogFile::of(file);
    if (const int code = log.flush(); code != SQLITE_OK) return code;
    return log.system().xFileSize(log.real(), size);
}

int lock(sqlite3_file* file, int level) {
    LogFile& log = LogFile::of(file);
    return log.system().xLock(log.real(), level);
}

int unlock(sqlite3_file* file, int level) {
    LogFile& log = LogFile::of(file);
    return log.system().xUnlock(log.real(), level);
}

int check_reserved_lock(sqlite3_file* file, int* result) {
    LogFile& log = LogFile::of(file);
    return log.system().xCheckReservedLock(log.real(), result);
}

int file_control(sqlite3_file* file, int operation, void* argument) {
    LogFile& log = LogFile::of(file);
    return log.system().xFileControl(log.real(), operation, argument);
}

int sector_size(sqlite3_file* file) {
    LogFile& log = LogFile::of(file);
    return log.system().xSectorSize(log.real());
}

int device_characteristics(sqlite3_file* file) {
    LogFile& log = LogFile::of(file);
    return log.system().xDeviceCharacteristics(log.real());
}

constexpr sqlite3_io_methods log_methods = {
    .iVersion = 1,
    .xClose = close,
    .xRead = read,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = file_size,
    .xLock = lock,
    .xUnlock = unlock,
    .xCheckReservedLock = check_reserved_lock,
    .xFileControl = file_control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = device_characteristics,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

LogFile::LogFile() noexcept { base_.pMethods = &log_methods; }

/// The system's own, which is asked for everything.
sqlite3_vfs* system_files = nullptr;

int open(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* flags_out) {
    if ((flags & SQLITE_OPEN_WAL) == 0) {
        return system_files->xOpen(system_files, path, file, flags, flags_out);
    }
    LogFile& log = *new (file) LogFile;
    const int code = system_files->xOpen(system_files, path, log.real(), flags, flags_out);
    if (code == SQLITE_OK) return code;
    std::destroy_at(&log);
    // SQLite closes what has methods.
    file->pMethods = nullptr;
    return code;
}

/// Everything else is the system's own: its functions take what they need from pAppData.
sqlite3_vfs make_files() {
    sqlite3_vfs files = *system_files;
    files.szOsFile += static_cast<int>(sizeof(LogFile));
    files.pNext = nullptr;
    files.zName = name;
    files.xOpen = open;
    return files;
}

bool register_files() {
    system_files = sqlite3_vfs_find(nullptr);
    if (system_files == nullptr) return false;
    static sqlite3_vfs files = make_files();
    return sqlite3_vfs_register(&files, 0) == SQLITE_OK;
}

}  // namespace

const char* gathering_file_system() noexcept {
    static const bool is_registered = register_files();
    return is_registered ? name : nullptr;
}

}  // namespace latchkey::sqlite
