#pragma once

// The data folder, opened: what every command and the server work with.

#include <memory>
#include <optional>
#include <string_view>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "clients/secret_uses.hpp"
#include "config/server_config.hpp"
#include "database/database.hpp"
#include "keys/key_ring.hpp"
#include "observation/board.hpp"
#include "realm/act.hpp"
#include "realm/realm.hpp"
#include "realm/services.hpp"

namespace latchkey::app {

/// Where time and randomness come from: main's are the system's, a test brings its own.
struct Environment {
    const Clock& clock;
    Random& random;
    /// The master key as text; absent: the configured file holds it, or will.
    std::optional<std::string_view> master_key = std::nullopt;
    /// Timing each statement costs two readings of the clock.
    observation::Timing statements = observation::Timing::off;
};

class World {
public:
    /// Opens the folder, making it (mode 0700), its store and its keys when they are missing.
    /// Errors: malformed (the master key), no_permission, storage_version (a newer program wrote
    /// it), storage errors.
    [[nodiscard]] static Result<std::unique_ptr<World>> open(const config::ServerConfig& config,
                                                             const Environment& environment);

    [[nodiscard]] const Clock& clock() const noexcept { return environment_.clock; }
    [[nodiscard]] Random& random() noexcept { return environment_.random; }
    [[nodiscard]] database::Database& database() noexcept { return *database_; }
    [[nodiscard]] const keys::KeyRing& keys() const noexcept { return *keys_; }
    [[nodiscard]] const realm::Realm& realm() const noexcept { return *realm_; }
    [[nodiscard]] const realm::Services& services() const noexcept { return *services_; }
    /// What this process counts of itself.
    [[nodiscard]] observation::Board& board() noexcept { return board_; }
    /// What a command or a chore that begins now acts with; `by` outlives it.
    [[nodiscard]] realm::Act act(const audit::Context& by) {
        return {*realm_, environment_.random, environment_.clock.now(), by};
    }
    [[nodiscard]] clients::SecretUses& secret_uses() noexcept { return secret_uses_; }

    /// Reads the key ring again: other processes may have changed it.
    [[nodiscard]] Result<keys::Reload> reload_keys() {
        return keys_->reload(*database_, environment_.clock.now());
    }

private:
    explicit World(const Environment& environment) : environment_(environment) {}

    Environment environment_;
    observation::Board board_;
    std::unique_ptr<database::Database> database_;
    std::unique_ptr<keys::KeyRing> keys_;
    std::unique_ptr<realm::Realm> realm_;
    clients::SecretUses secret_uses_;
    std::unique_ptr<realm::Services> services_;
};

}  // namespace latchkey::app
