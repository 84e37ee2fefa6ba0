#pragma once

// When each client secret was last used, to the hour: noted in memory by the requests that
// authenticate, written by the housekeeping, so that authenticating stays a read.

#include <map>
#include <mutex>
#include <utility>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "database/database.hpp"
#include "model/records.hpp"

namespace latchkey::clients {

/// A use is worth noting when the last one known is older than this.
inline constexpr Seconds secret_use_resolution{3600};

/// Uses that wait to be written; more are left out until then.
inline constexpr std::size_t max_waiting_secret_uses = 4096;

class SecretUses {
public:
    SecretUses() = default;
    SecretUses(const SecretUses&) = delete;
    SecretUses& operator=(const SecretUses&) = delete;

    /// Thread-safe. Takes the lock only when the use is worth noting.
    void note(ClientId client_id, const ClientSecretRecord& secret, Timestamp now);

    /// Writes what was noted, in a transaction of its own; keeps it when that fails.
    [[nodiscard]] Result<void> write(database::Database& database);

private:
    using Uses = std::map<std::pair<ClientId, Bytes>, Timestamp>;
    std::mutex mutex_;
    Uses uses_;
};

}  // namespace latchkey::clients
