#include "apps/latchkey/key_keeper.hpp"

#include <map>

#include "admin/key_operations.hpp"
#include "admin/resealing.hpp"
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

/// Every realm has its turn; the first error.
template <class Work>
Result<void> in_each_realm(const Installation& installation, const Work& work) {
    Result<void> all;
    for (const auto& opened : installation.open_realms()) {
        const Result<void> done = work(*opened);
        if (!done && all) all = done;
    }
    return all;
}

Result<void> maintain_rings(Installation& installation, const Round& round) {
    return in_each_realm(installation, [&](const OpenRealm& opened) {
        return maintain_ring(opened.act(installation.ports(), admin::by_itself), round);
    });
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
        const int looked_at = TRY(resealer.step(tx, admin::resealing_rows, now));
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
        return in_each_realm(installation_, [&](const OpenRealm& realm) {
            auto& resealer = all_[&realm];
            if (!resealer) {
                resealer = std::make_unique<keys::Resealer>(*realm.keys, admin::sealed_columns());
            }
            return reseal(*resealer, round);
        });
    }

private:
    const Installation& installation_;
    std::map<const OpenRealm*, std::unique_ptr<keys::Resealer>> all_;
};

}  // namespace

std::unique_ptr<jobs::Upkeep> make_key_keeper(Installation& installation, database::WriteLane& lane,
                                              Log& log,
                                              std::function<Result<void>()> serve_new_realms) {
    // Shared, since a chore can be copied.
    auto resealers = std::make_shared<Resealers>(installation);
    // Realms first: one that was deleted has no ring to keep.
    std::vector<Chore> chores = {
        {"realms.serve", [serve = std::move(serve_new_realms)](const Round&) { return serve(); }},
        {"keys.maintain",
         [&installation](const Round& round) { return maintain_rings(installation, round); }},
        {"keys.reload",
         [&installation, &log](const Round&) { return reload_rings(installation, log); }},
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
