#include "sqlite/paced_writes.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

namespace latchkey::sqlite {
namespace {

struct Pace {
    bool is_kept = false;
    int waiting = 0;  // pages that the kernel has and the disk has not
    std::int64_t handed_over = 0;
};
thread_local Pace pace;

/// Errors: what the disk could not write of what it was given before. The kernel says so once, so
/// it must not get lost: SQLite then leaves the log as it is, and copies all of it again.
bool hand_over(int file) {
    pace.waiting = 0;
    ++pace.handed_over;
    constexpr unsigned wait_then_start = SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE;
    if (::sync_file_range(file, 0, 0, wait_then_start) == 0) return true;
    const bool is_unknown_here = errno == ENOSYS || errno == EINVAL || errno == ESPIPE;
    return is_unknown_here;
}

ssize_t write(int file, const void* bytes, std::size_t size, off_t at) {
    const ssize_t written = ::pwrite(file, bytes, size, at);
    if (written < 0 || !pace.is_kept || ++pace.waiting < PacedWrites::pages_at_a_time) {
        return written;
    }
    return hand_over(file) ? written : -1;
}

}  // namespace

void PacedWrites::install() {
    sqlite3_vfs* files = sqlite3_vfs_find(nullptr);
    if (files == nullptr || files->iVersion < 3) return;
    auto* const call = reinterpret_cast<sqlite3_syscall_ptr>(&write);
    // Which of the two it uses was decided when it was compiled; off_t has 64 bits either way.
    static_assert(sizeof(off_t) == 8);
    (void)files->xSetSystemCall(files, "pwrite", call);
    (void)files->xSetSystemCall(files, "pwrite64", call);
}

PacedWrites::PacedWrites() noexcept { pace = {.is_kept = true}; }

PacedWrites::~PacedWrites() { pace = {}; }

std::int64_t PacedWrites::times_handed_over() const noexcept { return pace.handed_over; }

}  // namespace latchkey::sqlite
