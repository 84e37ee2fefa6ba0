#include "people/rate_limiter.hpp"

#include <algorithm>
#include <cstring>

#include "crypto/digest.hpp"

namespace latchkey::people {

RateLimiter::RateLimiter(Random& random) { random.fill(seed_); }

RateLimiter::Key RateLimiter::key_of(const RateLimit& limit, std::string_view key) const {
    const crypto::Sha256 digest = crypto::sha256({seed_, as_bytes(limit.name), as_bytes(key)});
    Key prefix = 0;
    std::memcpy(&prefix, digest.data(), sizeof prefix);
    return prefix;
}

RateLimiter::Verdict RateLimiter::count(const RateLimit& limit, std::string_view key,
                                        Timestamp now) {
    const Key id = key_of(limit, key);
    const std::lock_guard lock(mutex_);
    if (windows_.size() >= max_entries && !windows_.contains(id)) make_room(now);
    Window& window = windows_[id];
    if (window.ends_at <= now) window = {now + limit.window, 0};
    if (window.events >= limit.max_events) return Verdict::refused;
    ++window.events;
    return Verdict::allowed;
}

std::size_t RateLimiter::size() const {
    const std::lock_guard lock(mutex_);
    return windows_.size();
}

void RateLimiter::make_room(Timestamp now) {
    std::erase_if(windows_, [now](const auto& entry) { return entry.second.ends_at <= now; });
    // All are live: a flood of keys. An eighth goes at once, so that this stays rare; windows that
    // counted most are what an attacker wants forgotten, so they go last.
    for (int keep_from = 2; windows_.size() > max_entries - max_entries / 8; keep_from *= 4) {
        for (auto it = windows_.begin();
             it != windows_.end() && windows_.size() > max_entries - max_entries / 8;) {
            it = it->second.events < keep_from ? windows_.erase(it) : std::next(it);
        }
    }
}

}  // namespace latchkey::people
