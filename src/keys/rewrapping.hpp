#pragma once

// Putting the ring under another master key. The keys themselves stay as they are, and so does all
// that they sealed.

#include "database/database.hpp"
#include "keys/wrapping.hpp"

namespace latchkey::keys {

struct MasterKeyChange {
    const Wrapping& from;
    const Wrapping& to;
};
/// Wraps every key of the store again; how many. Until the transaction commits, all of them open
/// under `from`, afterwards under `to`. Errors: those of Wrapping::unwrap; storage errors.
[[nodiscard]] Result<int> rewrap_all(database::WriteTransaction& tx, const MasterKeyChange& change,
                                     Random& random);

/// To be asked in the transaction that inserts a key: a process that still works under a former
/// master key would leave one that nobody can open. Errors: invalid_argument.
[[nodiscard]] Result<void> check_master_key(database::ReadTransaction& tx,
                                            const Wrapping& wrapping);

}  // namespace latchkey::keys
