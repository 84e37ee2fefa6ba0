#pragma once

// When each client secret was last used, to the hour: noted in memory by the requests that
// authenticate, written now and then, so that authenticating stays a read.

#include <cstdint>
#include <utility>

#include "base/result.hpp"
#include "base/time/clock.hpp"
#include "database/database.hpp"
#include "jobs/write_behind.hpp"
#include "model/records.hpp"

namespace latchkey::clients {

/// A use is worth noting when the last one known is older than this.
inline constexpr Seconds secret_use_resolution{3600};

/// Uses that wait to be written; more are left out until then.
inline constexpr std::size_t max_waiting_secret_uses = 4096;

/// Whether the use that is known is too old. What it costs to note one is paid once an hour.
[[nodiscard]] inline bool is_worth_noting(const ClientSecretRecord& secret,
                                          Timestamp now) noexcept {
    return !secret.last_used_at || now - *secret.last_used_at >= secret_use_resolution;
}

/// Thread-safe.
class SecretUses {
public:
    SecretUses();

    void note(ClientId client_id, const ClientSecretRecord& secret, Timestamp now);
    /// As WriteBehind::write.
    [[nodiscard]] Result<std::int64_t> write(database::WriteTransaction& tx) {
        return notes_.write(tx);
    }

private:
    jobs::WriteBehind<std::pair<ClientId, Bytes>, Timestamp> notes_;
};

}  // namespace latchkey::clients
