#include "keys/resealing.hpp"

#include <algorithm>

#include "store/key_use.hpp"

namespace latchkey::keys {
namespace {

Result<std::vector<SealedValue>> list_user_keys(database::ReadTransaction& tx, ByteView after,
                                                int limit) {
    const auto rows = TRY(store::list_wrapped_user_keys(tx, UserId::from_bytes(after), limit));
    std::vector<SealedValue> values;
    for (const store::WrappedUserKey& row : rows) {
        const ByteView id = row.user_id.span();
        const Bytes place(id.begin(), id.end());
        values.push_back({.row = place, .sealed = row.wrapped_key, .associated = place});
    }
    return values;
}

Result<bool> replace_user_key(database::WriteTransaction& tx, const SealedValue& read,
                              ByteView next) {
    const auto user_id = UserId::from_bytes(read.row);
    if (!user_id) return false;
    return store::replace_wrapped_user_key(tx, {*user_id, read.sealed}, next);
}

}  // namespace

SealedColumn user_keys() noexcept { return {Purpose::profile, list_user_keys, replace_user_key}; }

Resealer::Resealer(const KeyRing& ring, const std::vector<SealedColumn>& columns) : ring_(ring) {
    for (const SealedColumn& column : columns) passes_.push_back({.column = column, .after = {}});
}

bool Resealer::is_due(Timestamp now) const {
    return std::ranges::any_of(passes_, [&](const Pass& pass) { return is_due(pass, now); });
}

bool Resealer::is_due(const Pass& pass, Timestamp now) const {
    const KeyRing::Current current = ring_.current(pass.column.purpose);
    if (current.others == 0 || current.version == pass.done_for) return false;
    return now >= current.use_from + resealing_delay;
}

Result<int> Resealer::step(database::WriteTransaction& tx, int limit, Timestamp now) {
    for (Pass& pass : passes_) {
        if (!is_due(pass, now)) continue;
        const int looked_at = TRY(step(pass, tx, limit));
        if (looked_at > 0) return looked_at;
    }
    return 0;
}

Result<int> Resealer::step(Pass& pass, database::WriteTransaction& tx, int limit) const {
    const std::int64_t current = ring_.current(pass.column.purpose).version;
    const auto values = TRY(pass.column.list(tx, pass.after, limit));
    for (const SealedValue& value : values) {
        if (KeyRing::version_of(value.sealed) != current) TRY(reseal(pass.column, tx, value));
    }
    if (values.empty()) {
        tx.after_commit([&pass, current] {
            pass.done_for = current;
            pass.after.clear();
        });
        return 0;
    }
    tx.after_commit([&pass, last = values.back().row] { pass.after = last; });
    return static_cast<int>(values.size());
}

Result<void> Resealer::reseal(const SealedColumn& column, database::WriteTransaction& tx,
                              const SealedValue& value) const {
    const Secret plain = TRY(ring_.open(column.purpose, value.sealed, value.associated));
    std::string next;
    ring_.seal(column.purpose, plain.reveal_bytes(), value.associated, next);
    // Whoever changed the row meanwhile sealed it under the current key.
    TRY(column.replace(tx, value, as_bytes(next)));
    return {};
}

}  // namespace latchkey::keys
