#pragma once

namespace latchkey::sqlite {

/// Puts a note of the highest page beside each of SQLite's page caches. At the end of a transaction
/// SQLite drops the pages behind the file's end. It looks through all that it has for them whenever
/// a page once had a number far behind it, as it does for a moment in most splits of a tree's
/// leaves: 20 ns a page and commit. With the note it sees that there are none.
///
/// For the whole process, and before SQLite starts; later it has no effect and costs nothing but
/// speed.
void note_highest_pages();

}  // namespace latchkey::sqlite
