#pragma once

// The data folder, opened: what every command and the server work with.

#include <memory>

#include "base/clock.hpp"
#include "config/server_config.hpp"
#include "crypto/system_random.hpp"
#include "database/database.hpp"
#include "delegation/public_id.hpp"
#include "delegation/services.hpp"
#include "keys/key_ring.hpp"

namespace latchkey::app {

class World {
public:
    /// Opens the folder, making it (mode 0700), its store and its keys when they are missing.
    /// Errors: no_permission, storage_version (a newer program wrote it), storage errors.
    [[nodiscard]] static Result<std::unique_ptr<World>> open(const config::ServerConfig& config);

    [[nodiscard]] const Clock& clock() const noexcept { return clock_; }
    [[nodiscard]] Random& random() noexcept { return random_; }
    [[nodiscard]] database::Database& database() noexcept { return *database_; }
    [[nodiscard]] const keys::KeyRing& keys() const noexcept { return *keys_; }
    [[nodiscard]] const delegation::Services& services() const noexcept { return *services_; }

private:
    World() = default;

    SystemClock clock_;
    crypto::SystemRandom random_;
    std::unique_ptr<database::Database> database_;
    std::unique_ptr<keys::KeyRing> keys_;
    std::unique_ptr<delegation::PublicIds> public_ids_;
    std::unique_ptr<delegation::Services> services_;
};

}  // namespace latchkey::app
