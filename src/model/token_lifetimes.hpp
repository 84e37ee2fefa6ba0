#pragma once

// The longest that anything may be configured or asked to live. Keys are kept for as long as what
// they made may still come back, so the ring counts on these too.

#include "base/time/clock.hpp"

namespace latchkey {

inline constexpr Seconds max_access_token_life{24L * 3600};
inline constexpr Seconds max_consent_token_life{24L * 3600};
inline constexpr Seconds max_refresh_token_life{400L * 24 * 3600};
/// RFC 6265bis 5.5: no cookie lives longer.
inline constexpr Seconds max_session_life{400L * 24 * 3600};

/// How long after its use a refresh token may come again: a lost answer is asked for again within
/// seconds, a thief comes later.
inline constexpr Seconds max_refresh_grace{60};

}  // namespace latchkey
