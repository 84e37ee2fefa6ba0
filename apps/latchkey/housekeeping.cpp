#include "apps/latchkey/housekeeping.hpp"

#include "store/answers.hpp"
#include "store/audit.hpp"
#include "store/browser_sessions.hpp"
#include "store/consent_ids.hpp"
#include "store/email_challenges.hpp"
#include "store/passkeys.hpp"
#include "store/realms.hpp"
#include "store/refresh_families.hpp"
#include "store/removals.hpp"
#include "store/webhook_deliveries.hpp"
#include "store/webhooks.hpp"

namespace latchkey::app {

Result<std::int64_t> remove_expired(database::WriteTransaction& tx, const Retention& retention,
                                    Timestamp now) {
    const std::int64_t tokens = TRY(store::delete_expired_consent_ids(tx, now, housekeeping_rows));
    const std::int64_t codes = TRY(store::delete_expired_challenges(tx, now, housekeeping_rows));
    const std::int64_t sessions = TRY(store::delete_expired_sessions(tx, now, housekeeping_rows));
    const std::int64_t rests = TRY(store::sweep_removals(tx, housekeeping_rows));
    const std::int64_t deliveries =
        TRY(store::delete_old_deliveries(tx, now - retention.deliveries, housekeeping_rows));
    const std::int64_t answers = TRY(store::delete_expired_answers(tx, now, housekeeping_rows));
    const std::int64_t passkeys =
        TRY(store::delete_expired_passkey_challenges(tx, now, housekeeping_rows));
    std::int64_t audit = 0;
    if (retention.audit > Seconds(0)) {
        const auto realms = TRY(store::list_realms(tx));
        for (const RealmRecord& realm : realms) {
            const std::int64_t removed = TRY(
                store::delete_old_audit(tx, realm.id, now - retention.audit, housekeeping_rows));
            audit += removed;
        }
    }
    return audit + passkeys + answers + tokens + codes + sessions + rests + deliveries;
}

Result<std::int64_t> remove_expired(database::WriteTransaction& tx,
                                    const store::FamilyStretch& stretch, Timestamp now) {
    return store::delete_expired_families(tx, stretch, now);
}

/// Read here: the lane has to do with the families that go, not with the many that stay.
Result<store::FamilyStretch> FamilySweep::look(database::Database& database, Timestamp now) const {
    const auto tx = TRY(database.read());
    return store::find_expired_families(*tx, position_, now, housekeeping_rows);
}

Result<void> FamilySweep::round(database::Database& database, Timestamp now, const Remove& remove,
                                const std::stop_token& stop) {
    std::int64_t kept = 0;
    while (kept < families_a_round && !stop.stop_requested()) {
        const auto stretch = TRY(look(database, now));
        kept += stretch.rows - (stretch.expired.empty() ? 0 : remove(stretch));
        const bool ended = stretch.rows < housekeeping_rows;
        position_ = ended ? store::FamilyKey{} : stretch.last;
        if (ended) return {};
    }
    return {};
}

Housekeeping::Housekeeping(Services services)
    : services_(services), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Housekeeping::write_app_reads() {
    const auto written = services_.app_reads.write(services_.database);
    if (!written) services_.log.write_error("app_reads.failed", written.error());
}

std::int64_t Housekeeping::run_on_lane(const Step& step) {
    const auto removed = database::run_on_lane(services_.lane, step);
    if (!removed) services_.log.write_error("housekeeping.failed", removed.error());
    return removed.value_or(0);
}

void Housekeeping::remove_in_order(const std::stop_token& stop) {
    // While full steps come back there is more to remove, now.
    std::int64_t removed = housekeeping_rows;
    while (removed >= housekeeping_rows && !stop.stop_requested()) {
        removed = run_on_lane([this](database::WriteTransaction& tx) {
            return remove_expired(tx, services_.retention, services_.clock.now());
        });
    }
}

void Housekeeping::sweep_families(const std::stop_token& stop) {
    const Timestamp now = services_.clock.now();
    const auto remove = [this, now](const store::FamilyStretch& stretch) {
        return run_on_lane(
            [&](database::WriteTransaction& tx) { return remove_expired(tx, stretch, now); });
    };
    const auto swept = sweep_.round(services_.database, now, remove, stop);
    if (!swept) services_.log.write_error("housekeeping.failed", swept.error());
}

void Housekeeping::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, housekeeping_interval, [] { return false; });
        }
        write_app_reads();
        remove_in_order(stop);
        sweep_families(stop);
    }
}

}  // namespace latchkey::app
