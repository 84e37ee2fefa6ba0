#pragma once

// The data folder, opened: what every command and the server work with.

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "apps/latchkey/open_realm.hpp"
#include "base/ports.hpp"
#include "base/random.hpp"
#include "base/time/clock.hpp"
#include "clients/secret_uses.hpp"
#include "config/server_config.hpp"
#include "database/database.hpp"
#include "keys/key_ring.hpp"
#include "model/records.hpp"
#include "observation/board.hpp"
#include "realm/act.hpp"
#include "realm/realm.hpp"
#include "realm/realms.hpp"

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

class Installation {
public:
    /// Opens the folder, making it (mode 0700), its store and its keys when they are missing, and
    /// all of its realms.
    /// Errors: malformed (the master key), no_permission, storage_version (a newer program wrote
    /// it), invalid_argument (a realm's settings), storage errors.
    [[nodiscard]] static Result<std::unique_ptr<Installation>> open(
        const config::ServerConfig& config, const Environment& environment);
    /// The same with one realm alone, for what is done for it: the one of this name; empty: the
    /// one that is there from the start. Errors: also not_found.
    [[nodiscard]] static Result<std::unique_ptr<Installation>> open_for(
        std::string_view realm_name, const config::ServerConfig& config,
        const Environment& environment);

    [[nodiscard]] const Clock& clock() const noexcept { return environment_.clock; }
    [[nodiscard]] Random& random() noexcept { return environment_.random; }
    [[nodiscard]] Ports ports() noexcept { return {environment_.clock, environment_.random}; }
    [[nodiscard]] database::Database& database() noexcept { return *database_; }
    /// What this process counts of itself.
    [[nodiscard]] observation::Board& board() noexcept { return board_; }
    [[nodiscard]] clients::SecretUses& secret_uses() noexcept { return secret_uses_; }

    // Of the realm that is there from the start, or of the one that this was opened for.
    [[nodiscard]] const keys::KeyRing& keys() const noexcept { return *first_->keys; }
    [[nodiscard]] const realm::Realm& realm() const noexcept { return first_->realm; }
    [[nodiscard]] realm::Act act(const audit::Context& by) { return first_->act(ports(), by); }

    /// Every realm that is open, for whoever serves all.
    [[nodiscard]] const realm::Realms& realms() const noexcept { return realms_; }
    /// The same with their rings, for the one thread that keeps keys.
    [[nodiscard]] const std::vector<std::unique_ptr<OpenRealm>>& open_realms() const noexcept {
        return open_;
    }

    /// Reads every ring again: other processes may have changed them.
    [[nodiscard]] Result<keys::Reload> reload_keys();
    /// Opens the realms that another process made meanwhile; those.
    [[nodiscard]] Result<std::vector<const OpenRealm*>> open_new_realms();

private:
    Installation(config::ServerConfig config, const Environment& environment);

    [[nodiscard]] Result<void> open_store();
    [[nodiscard]] Result<const OpenRealm*> open_realm(const RealmRecord& record);

    config::ServerConfig config_;
    Environment environment_;
    observation::Board board_;
    std::unique_ptr<database::Database> database_;
    Secret master_key_;
    clients::SecretUses secret_uses_;
    std::vector<std::unique_ptr<OpenRealm>> open_;
    const OpenRealm* first_ = nullptr;  // of them; others may come while threads read this
    realm::Realms realms_;
};

}  // namespace latchkey::app
