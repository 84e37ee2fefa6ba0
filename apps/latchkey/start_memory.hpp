#pragma once

namespace latchkey::app {

/// Gives back what only starting needed: freed memory, and pages of the program and its libraries,
/// most of which ran once (making the schemas, preparing keys, linking). What is used again comes
/// back from the system's cache at its first use, a microsecond or less for each 64 KiB.
/// Not under a debugger, whose breakpoints live in those pages.
void give_back_start_memory() noexcept;

}  // namespace latchkey::app
