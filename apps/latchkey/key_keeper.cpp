#include "apps/latchkey/key_keeper.hpp"

#include "admin/key_operations.hpp"
#include "apps/latchkey/sealed_columns.hpp"
#include "keys/resealing.hpp"

namespace latchkey::app {
namespace {

using jobs::Chore;
using jobs::Round;

Result<void> maintain_ring(World& world, const Round& round) {
    const realm::Act act = world.act(admin::by_itself);
    const auto plan = [&]() -> Result<admin::SigningUpkeep> {
        auto tx = TRY(round.database.read());
        return admin::plan_signing_upkeep(act, *tx);
    };
    const auto due = TRY(plan());
    if (due.empty()) return {};
    TRY(database::run_on_lane(round.lane, [&](database::WriteTransaction& tx) {
        return admin::maintain_signing_keys(act, tx, due);
    }));
    return {};
}

Result<void> reload_ring(World& world, Log& log) {
    const auto reloaded = TRY(world.reload_keys());
    if (reloaded == keys::Reload::changed) log.write(LogLevel::info, "keys.changed", {});
    return {};
}

Result<void> write_secret_uses(World& world, const Round& round) {
    const auto write = [&world](database::WriteTransaction& tx, Timestamp) {
        return world.secret_uses().write(tx);
    };
    return run_steps(round, jobs::notes_a_step, write);
}

Result<void> reseal(keys::Resealer& resealer, const Round& round) {
    if (!resealer.is_due(round.now)) return {};
    const auto step = [&resealer](database::WriteTransaction& tx,
                                  Timestamp now) -> Result<std::int64_t> {
        const int looked_at = TRY(resealer.step(tx, resealing_rows, now));
        return looked_at;
    };
    // A step with fewer rows may be the last of one column and not of all.
    return run_steps(round, 1, step);
}

}  // namespace

std::unique_ptr<jobs::Upkeep> make_key_keeper(World& world, database::WriteLane& lane, Log& log) {
    // Shared, since a chore can be copied.
    auto resealer = std::make_shared<keys::Resealer>(world.keys(), sealed_columns());
    std::vector<Chore> chores = {
        {"keys.maintain", [&world](const Round& round) { return maintain_ring(world, round); }},
        {"keys.reload", [&world, &log](const Round&) { return reload_ring(world, log); }},
        {"secret_uses.write",
         [&world](const Round& round) { return write_secret_uses(world, round); },
         Chore::AtTheEnd::is_done},
        {"keys.reseal", [resealer](const Round& round) { return reseal(*resealer, round); }},
    };
    return std::make_unique<jobs::Upkeep>(
        jobs::Upkeep::Services{world.database(), lane, world.clock(), log},
        jobs::Worker::Options{.name = "keys", .interval = keys::ring_reload_interval},
        std::move(chores));
}

}  // namespace latchkey::app
