#pragma once

// What everything that is decided is decided with, made once where a request, a command or a job
// begins.

#include "audit/audit.hpp"
#include "base/random.hpp"
#include "base/time/clock.hpp"
#include "realm/realm.hpp"

namespace latchkey::realm {

/// In which realm, when, and on whose behalf; and where a new id or secret comes from. Lives for
/// the call.
struct Act {
    const Realm& realm;
    Random& random;
    Timestamp now;
    const audit::Context& by;
};

/// A row of the audit trail, in the transaction of what it tells about.
[[nodiscard]] inline Result<void> record(database::WriteTransaction& tx, const Act& act,
                                         audit::Event event, const audit::Subject& subject) {
    return audit::append(tx, act.realm.id(), event, subject, act.now, act.by);
}

}  // namespace latchkey::realm
