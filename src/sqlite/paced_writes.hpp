#pragma once

// A checkpoint's pages go to the disk while it copies them. Left to the sync at its end, sixteen
// MiB of scattered pages stand in the disk's queue at once, and every commit's own small sync waits
// behind them for tens of milliseconds.

#include <cstdint>

namespace latchkey::sqlite {

/// While one lives, what the calling thread writes to SQLite's files is handed to the disk a few
/// pages at a time, the next ones when those before are written. One at a time in a thread.
class PacedWrites {
public:
    /// What the disk's queue holds of them at most is twice this.
    static constexpr int pages_at_a_time = 64;

    /// Puts itself in SQLite's way to the kernel, for the whole process. Before SQLite opens a
    /// file; where SQLite's own files are replaced by others it has no effect.
    static void install();

    PacedWrites() noexcept;
    ~PacedWrites();
    PacedWrites(const PacedWrites&) = delete;
    PacedWrites& operator=(const PacedWrites&) = delete;

    /// How often pages were handed over so far.
    [[nodiscard]] std::int64_t times_handed_over() const noexcept;
};

}  // namespace latchkey::sqlite
