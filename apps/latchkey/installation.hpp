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

/// What a look at the store's realms found since the last one.
struct RealmsFound {
    struct Refused {
        std::string name;
        Error error;
    };
    std::vector<const OpenRealm*> opened;  // the one from the start first
    std::vector<Refused> refused;          // each by itself; tried again at the next look
    std::vector<const OpenRealm*> gone;    // deleted; they stay in memory
    std::vector<std::string> unknown;      // sections of the configuration that name no realm
    bool has_others = false;               // than the one from the start, open or not
};

class Installation {
public:
    /// Opens the folder, making it (mode 0700), its store and its keys when they are missing,
    /// writes down where the first realm is served, and looks for the realms. One of the others
    /// that cannot be opened is refused by itself. Errors: malformed (the master key),
    /// no_permission, storage_version (a newer program wrote it), invalid_argument (the first
    /// realm's settings), conflict (another realm is on the host of `public_url`), storage errors.
    [[nodiscard]] static Result<std::unique_ptr<Installation>> open(
        const config::ServerConfig& config, const Environment& environment);
    /// The same with one realm alone, for what is done for it: the one of this name; empty: the
    /// one that is there from the start. Errors: also not_found, which says what named it.
    [[nodiscard]] static Result<std::unique_ptr<Installation>> open_for(
        std::string_view realm_name, const config::ServerConfig& config,
        const Environment& environment, std::string_view named_by);

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

    /// Every realm that was opened, for whoever serves all.
    [[nodiscard]] const realm::Realms& realms() const noexcept { return realms_; }
    /// Those that are there, with their rings, for the one thread that keeps keys.
    [[nodiscard]] const std::vector<std::unique_ptr<OpenRealm>>& open_realms() const noexcept {
        return open_;
    }

    /// Reads every ring again: other processes may have changed them. Errors: of the first ring
    /// that could not be read; the others were.
    [[nodiscard]] Result<keys::Reload> reload_keys();
    /// What open() found.
    [[nodiscard]] const RealmsFound& first_found() const noexcept { return first_found_; }
    /// What other processes made or deleted meanwhile. A new realm has the settings of the
    /// configuration file as it is now. From the one thread that keeps keys.
    [[nodiscard]] Result<RealmsFound> look_for_realms();

    /// What a realm would be opened with, also before it is there. Errors: invalid_argument (its
    /// settings), those of its images.
    [[nodiscard]] Result<RealmSetup> get_setup(const RealmRecord& record) const;
    /// Whether mail of the realm of this name comes from the first one's address, for want of one
    /// in its section.
    [[nodiscard]] bool has_shared_sender(std::string_view realm_name) const;
    /// The sections [realm.NAME] of the configuration that name none of these.
    [[nodiscard]] std::vector<std::string> unknown_sections(
        const std::vector<RealmRecord>& there) const;

private:
    Installation(config::ServerConfig config, const Environment& environment);

    [[nodiscard]] Result<void> open_store();
    [[nodiscard]] Result<void> check_first_host(const std::vector<RealmRecord>& there) const;
    [[nodiscard]] Result<void> note_public_url();
    [[nodiscard]] Result<const OpenRealm*> open_realm(const RealmRecord& record);
    [[nodiscard]] Result<void> check_host(const RealmRecord& record) const;
    void close_gone(const std::vector<RealmRecord>& there, RealmsFound& found);
    void open_new(const std::vector<RealmRecord>& there, const Result<void>& configured,
                  RealmsFound& found);

    config::ServerConfig config_;
    Environment environment_;
    observation::Board board_;
    std::unique_ptr<database::Database> database_;
    Secret master_key_;
    clients::SecretUses secret_uses_;
    std::vector<std::unique_ptr<OpenRealm>> open_;
    std::vector<std::unique_ptr<OpenRealm>> gone_;  // requests and mail may still look at them
    const OpenRealm* first_ = nullptr;  // of open_; others may come while threads read this
    RealmsFound first_found_;
    realm::Realms realms_;
};

}  // namespace latchkey::app
