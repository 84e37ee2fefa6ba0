#include "people/rate_limits.hpp"

#include <string>

#include "store/rate_counters.hpp"

namespace latchkey::people {
namespace {

constexpr std::size_t bucket_bytes = 16;

/// Keyed, so that nobody can aim at another key's window.
Bytes bucket_of(const keys::KeyRing& keys, const RatedEvent& event) {
    std::string message = "rate\n";
    message += event.limit.name;
    message.push_back('\n');
    message += event.key;
    Bytes bucket = keys.keyed_hash(keys::Purpose::sign_in, as_bytes(message));
    bucket.resize(bucket_bytes);
    return bucket;
}

}  // namespace

Result<bool> is_within_limit(database::WriteTransaction& tx, const keys::KeyRing& keys,
                             const RatedEvent& event, Timestamp now) {
    const store::RateWindow window{event.limit.max_events, event.limit.window};
    return store::count_within(tx, bucket_of(keys, event), window, now);
}

}  // namespace latchkey::people
