#include "apps/latchkey/key_keeper.hpp"

#include "admin/key_operations.hpp"
#include "apps/latchkey/sealed_columns.hpp"
#include "keys/resealing.hpp"

namespace latchkey::app {
namespace {

using jobs::Chore;
using jobs::Round;

Result<void> maintain_ring(const realm::Act& act, const Round& round) {
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

Result<void> maintain_rings(Installation& installation, const Round& round) {
    for (const auto& opened : installation.open_realms()) {
        TRY(maintain_ring(opened->act(installation.ports(), admin::by_itself), round));
    }
    return {};
}

Result<void> reload_rings(Installation& installation, Log& log) {
    const auto reloaded = TRY(installation.reload_keys());
    if (reloaded == keys::Reload::changed) log.write(LogLevel::info, "keys.changed", {});
    return {};
}

Result<void> write_secret_uses(Installation& installation, const Round& round) {
    const auto write = [&installation](database::WriteTransaction& tx, Timestamp) {
        return installation.secret_uses().write(tx);
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

/// A resealer for each ring, made when its realm comes.
class Resealers {
public:
    explicit Resealers(const Installation& installation) : installation_(installation) {}

    Result<void> run(const Round& round) {
        const auto& realms = installation_.open_realms();
        while (all_.size() < realms.size()) {
            all_.push_back(
                std::make_unique<keys::Resealer>(*realms[all_.size()]->keys, sealed_columns()));
        }
        for (const auto& resealer : all_) TRY(reseal(*resealer, round));
        return {};
    }

private:
    const Installation& installation_;
    std::vector<std::unique_ptr<keys::Resealer>> all_;  // in the order of the realms
};

}  // namespace

std::unique_ptr<jobs::Upkeep> make_key_keeper(Installation& installation, database::WriteLane& lane,
                                              Log& log,
                                              std::function<Result<void>()> serve_new_realms) {
    // Shared, since a chore can be copied.
    auto resealers = std::make_shared<Resealers>(installation);
    std::vector<Chore> chores = {
        {"keys.maintain",
         [&installation](const Round& round) { return maintain_rings(installation, round); }},
        {"keys.reload",
         [&installation, &log](const Round&) { return reload_rings(installation, log); }},
        {"realms.serve", [serve = std::move(serve_new_realms)](const Round&) { return serve(); }},
        {"secret_uses.write",
         [&installation](const Round& round) { return write_secret_uses(installation, round); },
         Chore::AtTheEnd::is_done},
        {"keys.reseal", [resealers](const Round& round) { return resealers->run(round); }},
    };
    return std::make_unique<jobs::Upkeep>(
        jobs::Upkeep::Services{installation.database(), lane, installation.clock(), log},
        jobs::Worker::Options{.name = "keys", .interval = keys::ring_reload_interval},
        std::move(chores));
}

}  // namespace latchkey::app
