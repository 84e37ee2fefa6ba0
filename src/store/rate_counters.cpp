#include "store/rate_counters.hpp"

namespace latchkey::store {
namespace {

// One statement checks and sets, so that parallel events each find their own number.
constexpr database::Sql count_within_sql =
    R"(INSERT INTO rate_counters (bucket, ends_at, events) VALUES (?1, ?2, 1)
       ON CONFLICT (bucket) DO UPDATE SET
           events = CASE WHEN rate_counters.ends_at <= ?3 THEN 1
                         ELSE rate_counters.events + 1 END,
           ends_at = CASE WHEN rate_counters.ends_at <= ?3 THEN excluded.ends_at
                          ELSE rate_counters.ends_at END
       WHERE rate_counters.ends_at <= ?3 OR rate_counters.events < ?4)";
constexpr database::Sql delete_ended_windows_sql =
    R"(DELETE FROM rate_counters WHERE bucket IN
           (SELECT bucket FROM rate_counters WHERE ends_at < ?1 ORDER BY ends_at LIMIT ?2))";

}  // namespace

Result<bool> count_within(database::WriteTransaction& tx, ByteView bucket, const RateWindow& window,
                          Timestamp now) {
    const std::int64_t changed = TRY(tx.execute(
        count_within_sql, {bucket, to_unix(now + window.length), to_unix(now), window.max_events}));
    return changed == 1;
}

Result<std::int64_t> delete_ended_windows(database::WriteTransaction& tx, Timestamp now,
                                          int limit) {
    return tx.execute(delete_ended_windows_sql, {to_unix(now), limit});
}

}  // namespace latchkey::store
