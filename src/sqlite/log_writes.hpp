#pragma once

// One write a commit. SQLite appends to the write-ahead log in two writes a page, a frame's header
// and the page; a group of exchanges would be a hundred system calls, and each page two of the
// kernel's, since frames do not begin at its boundaries. What is appended is gathered here and
// written before anybody may need it: before a sync, a read, a question for the size.

namespace latchkey::sqlite {

/// The name of SQLite's file system with gathered log writes, for sqlite3_open_v2; null when the
/// system's own cannot be found, which then reports it.
[[nodiscard]] const char* gathering_file_system() noexcept;

}  // namespace latchkey::sqlite
