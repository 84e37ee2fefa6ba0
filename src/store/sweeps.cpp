#include "store/sweeps.hpp"

#include "store/answers.hpp"
#include "store/audit.hpp"
#include "store/connections.hpp"
#include "store/metafields.hpp"
#include "store/passkeys.hpp"
#include "store/rate_counters.hpp"
#include "store/sign_in.hpp"
#include "store/webhooks.hpp"

namespace latchkey::store {
namespace {

using database::WriteTransaction;

constexpr Sweep all_sweeps[] = {
    {"consent tokens",
     [](WriteTransaction& tx, const Retention&, Timestamp now) {
         return delete_expired_consent_tokens(tx, now, sweep_rows);
     }},
    {"sign-ins", [](WriteTransaction& tx, const Retention&,
                    Timestamp now) { return delete_expired_sign_ins(tx, now, sweep_rows); }},
    {"metafield values", [](WriteTransaction& tx, const Retention&,
                            Timestamp) { return remove_orphaned_values(tx, sweep_rows); }},
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
    {"audit trail",
     [](WriteTransaction& tx, const Retention& retention, Timestamp now) -> Result<std::int64_t> {
         if (retention.audit <= Seconds(0)) return 0;
         return delete_old_audit(tx, now - retention.audit, sweep_rows);
     }},
};

}  // namespace

std::span<const Sweep> sweeps() noexcept { return all_sweeps; }

}  // namespace latchkey::store
