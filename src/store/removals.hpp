#pragma once

// What was deleted and left many rows behind. The thing itself is gone in the transaction that
// deletes it, so that nothing of it works any more; the rows that hung off it go afterwards, a few
// hundred at a time, so that no request waits for them.

#include <cstdint>

#include "database/database.hpp"

namespace latchkey::store {

/// What hangs off each is listed in removals.cpp. The numbers are the rows': they stay.
enum class Removed : std::uint8_t { client = 1, user, definition, name_space, webhook };

/// Notes that something was deleted, to be swept. Twice is as good as once.
template <class Tag>
[[nodiscard]] Result<void> note_removal(database::WriteTransaction& tx, Removed kind,
                                        const Id<Tag>& id);

/// Removes at most about `limit` rows that hung off something deleted; how many went. Fewer than
/// `limit`: nothing is left.
[[nodiscard]] Result<std::int64_t> sweep_removals(database::WriteTransaction& tx, int limit);

namespace detail {
[[nodiscard]] Result<void> note_removal(database::WriteTransaction& tx, Removed kind, ByteView id);
}  // namespace detail

template <class Tag>
Result<void> note_removal(database::WriteTransaction& tx, Removed kind, const Id<Tag>& id) {
    return detail::note_removal(tx, kind, id.span());
}

}  // namespace latchkey::store
