#pragma once

// What the server does about keys and secrets by itself, on a thread of its own since making an
// RSA key takes a while: announces the next signing key in time, reads the ring again when another
// process changed it, serves the realms that one has made, seals again after a rotation what an
// older key sealed, and writes down when client secrets were used.

#include <functional>
#include <memory>

#include "apps/latchkey/installation.hpp"
#include "base/log.hpp"
#include "database/write_lane.hpp"
#include "jobs/chores.hpp"

namespace latchkey::app {

/// All of them must outlive it. `serve_new_realms` runs on its thread.
[[nodiscard]] std::unique_ptr<jobs::Upkeep> make_key_keeper(
    Installation& installation, database::WriteLane& lane, Log& log,
    std::function<Result<void>()> serve_new_realms);

}  // namespace latchkey::app
