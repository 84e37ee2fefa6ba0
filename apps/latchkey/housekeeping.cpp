#include "apps/latchkey/housekeeping.hpp"

#include <latch>

#include "store/answers.hpp"
#include "store/audit.hpp"
#include "store/connections.hpp"
#include "store/metafields.hpp"
#include "store/passkeys.hpp"
#include "store/sign_in.hpp"
#include "store/webhooks.hpp"

namespace latchkey::app {

Result<std::int64_t> remove_expired(database::Database& database, const Retention& retention,
                                    Timestamp now) {
    auto tx = TRY(database.write());
    const std::int64_t tokens = TRY(store::delete_expired(*tx, now, housekeeping_rows));
    const std::int64_t sign_ins = TRY(store::delete_expired_sign_ins(*tx, now, housekeeping_rows));
    const std::int64_t values = TRY(store::remove_orphaned_values(*tx, housekeeping_rows));
    const std::int64_t deliveries =
        TRY(store::delete_old_deliveries(*tx, now - retention.deliveries, housekeeping_rows));
    const std::int64_t answers = TRY(store::delete_expired_answers(*tx, now, housekeeping_rows));
    const std::int64_t passkeys =
        TRY(store::delete_expired_passkey_challenges(*tx, now, housekeeping_rows));
    std::int64_t audit = 0;
    if (retention.audit > Seconds(0)) {
        audit = TRY(store::delete_old_audit(*tx, now - retention.audit, housekeeping_rows));
    }
    TRY(tx->commit());
    return audit + passkeys + answers + tokens + sign_ins + values + deliveries;
}

Housekeeping::Housekeeping(Services services)
    : services_(services), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Housekeeping::write_app_reads() {
    const auto written = services_.app_reads.write(services_.database);
    if (!written) services_.log.write_error("app_reads.failed", written.error());
}

void Housekeeping::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, stop, housekeeping_interval, [] { return false; });
        }
        write_app_reads();
        // While full steps come back there is more to remove, now.
        std::int64_t removed = housekeeping_rows;
        while (removed >= housekeeping_rows && !stop.stop_requested()) {
            removed = 0;
            std::latch finished(1);
            const bool accepted = services_.lane.submit(
                {.run =
                     [&] {
                         const auto step = remove_expired(services_.database, services_.retention,
                                                          services_.clock.now());
                         if (step) {
                             removed = *step;
                         } else {
                             services_.log.write_error("housekeeping.failed", step.error());
                         }
                     },
                 .done = [&](const Result<void>&) { finished.count_down(); }});
            if (accepted) finished.wait();
        }
    }
}

}  // namespace latchkey::app
