#pragma once

// A person leaves.

#include "base/result.hpp"
#include "database/transaction.hpp"
#include "model/records.hpp"
#include "realm/act.hpp"

namespace latchkey::grants {

/// Deletes a person of the realm for good, in this one transaction: every app is cut off by the
/// door of a revocation (connections.hpp), so that what must follow one, the line in the trail and
/// the message to the app, follows here too, and then the person goes with their key. It is not
/// done in parts: a person is connected to no more apps than their realm has, and one who has half
/// gone could sign in again and find their apps missing. What apps keep on them, which may be more
/// by far, is out of sight at once and goes by store::sweep_removals. False: there is no such
/// person here. Errors: storage errors.
[[nodiscard]] Result<bool> delete_user(const realm::Act& act, database::WriteTransaction& tx,
                                       UserId user_id);

}  // namespace latchkey::grants
