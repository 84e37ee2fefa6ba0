#include "keys/resealing.hpp"

#include "store/key_use.hpp"

namespace latchkey::keys {
namespace {

constexpr Purpose purpose = Purpose::profile;

Result<void> reseal(const KeyRing& ring, database::WriteTransaction& tx,
                    const store::WrappedUserKey& row) {
    const Secret key = TRY(ring.open(purpose, row.wrapped_key, row.user_id.span()));
    std::string next;
    ring.seal(purpose, key.reveal_bytes(), row.user_id.span(), next);
    // Whoever changed the row meanwhile sealed it under the current key.
    TRY(store::replace_wrapped_user_key(tx, row, as_bytes(next)));
    return {};
}

}  // namespace

bool Resealer::is_due(Timestamp now) const {
    const KeyRing::Current current = ring_.current(purpose);
    if (current.others == 0 || current.version == done_for_) return false;
    return now >= current.use_from + resealing_delay;
}

Result<int> Resealer::step(database::WriteTransaction& tx, int limit, Timestamp now) {
    if (!is_due(now)) return 0;
    const KeyRing::Current current = ring_.current(purpose);
    const auto rows = TRY(store::list_wrapped_user_keys(tx, after_, limit));
    for (const store::WrappedUserKey& row : rows) {
        if (KeyRing::version_of(row.wrapped_key) != current.version) TRY(reseal(ring_, tx, row));
    }
    if (rows.empty()) {
        done_for_ = current.version;
        after_.reset();
        return 0;
    }
    after_ = rows.back().user_id;
    return static_cast<int>(rows.size());
}

}  // namespace latchkey::keys
