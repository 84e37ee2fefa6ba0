#include "clients/secret_uses.hpp"

#include "store/clients.hpp"

namespace latchkey::clients {

void SecretUses::note(ClientId client_id, const ClientSecretRecord& secret, Timestamp now) {
    if (secret.last_used_at && now - *secret.last_used_at < secret_use_resolution) return;
    const std::lock_guard lock(mutex_);
    if (uses_.size() >= max_waiting_secret_uses) return;
    uses_[{client_id, secret.hash}] = now;
}

Result<void> SecretUses::write(database::Database& database) {
    Uses uses;
    {
        const std::lock_guard lock(mutex_);
        uses.swap(uses_);
    }
    if (uses.empty()) return {};
    const auto written = [&]() -> Result<void> {
        auto tx = TRY(database.write());
        for (const auto& [secret, at] : uses) {
            TRY(store::note_secret_use(*tx, {secret.first, secret.second, at}));
        }
        return tx->commit();
    }();
    if (!written) {
        const std::lock_guard lock(mutex_);
        uses_.merge(uses);
    }
    return written;
}

}  // namespace latchkey::clients
