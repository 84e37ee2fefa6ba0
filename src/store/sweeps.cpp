#include "store/sweeps.hpp"

#include "store/answers.hpp"
#include "store/audit.hpp"
#include "store/browser_sessions.hpp"
#include "store/consent_ids.hpp"
#include "store/email_challenges.hpp"
#include "store/passkeys.hpp"
#include "store/rate_counters.hpp"
#include "store/removals.hpp"
#include "store/webhook_deliveries.hpp"

namespace latchkey::store {
namespace {

using database::WriteTransaction;

Result<std::int64_t> sweep_audit(WriteTransaction& tx, const Retention& retention, Timestamp now) {
    if (retention.audit <= Seconds(0)) return 0;
    std::int64_t removed = 0;
    std::optional<RealmId> realm = TRY(find_next_audited_realm(tx, {}));
    while (realm) {
        const std::int64_t of_realm =
            TRY(delete_old_audit(tx, *realm, now - retention.audit, sweep_rows));
        removed += of_realm;
        realm = TRY(find_next_audited_realm(tx, *realm));
    }
    return removed;
}

constexpr Sweep all_sweeps[] = {
    {"consent ids", [](WriteTransaction& tx, const Retention&,
                       Timestamp now) { return delete_expired_consent_ids(tx, now, sweep_rows); }},
    {"e-mail challenges",
     [](WriteTransaction& tx, const Retention&, Timestamp now) {
         return delete_expired_challenges(tx, now, sweep_rows);
     }},
    {"browser sessions",
     [](WriteTransaction& tx, const Retention&, Timestamp now) {
         return delete_expired_sessions(tx, now, sweep_rows);
     }},
    {"removals", [](WriteTransaction& tx, const Retention&,
                    Timestamp) { return sweep_removals(tx, sweep_rows); }},
    {"webhook deliveries",
     [](WriteTransaction& tx, const Retention& retention, Timestamp now) {
         return delete_old_deliveries(tx, now - retention.deliveries, sweep_rows);
     }},
    {"answers", [](WriteTransaction& tx, const Retention&,
                   Timestamp now) { return delete_expired_answers(tx, now, sweep_rows); }},
    {"passkey challenges",
     [](WriteTransaction& tx, const Retention&, Timestamp now) {
         return delete_expired_passkey_challenges(tx, now, sweep_rows);
     }},
    {"rate counters", [](WriteTransaction& tx, const Retention&,
                         Timestamp now) { return delete_ended_windows(tx, now, sweep_rows); }},
    {"audit trail", sweep_audit},
};

}  // namespace

std::span<const Sweep> sweeps() noexcept { return all_sweeps; }

}  // namespace latchkey::store
