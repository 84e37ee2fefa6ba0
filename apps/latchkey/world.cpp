#include "apps/latchkey/world.hpp"

#include <filesystem>

#include "sqlite/database.hpp"
#include "store/keys.hpp"
#include "store/migrations.hpp"
#include "store/realms.hpp"

namespace latchkey::app {

namespace {

// Consent tokens are made and read by this installation alone, also by commands that do not know
// which URL the server is reached at: they name the installation, by a value derived from its keys.
std::string installation_name(const keys::KeyRing& keys) {
    constexpr std::size_t name_bytes = 8;
    const Secret derived = keys.derive(keys::Purpose::public_id, "installation name");
    return "urn:latchkey:" + to_hex(derived.reveal_bytes().first(name_bytes));
}

/// A new master key is for a new store: it cannot open the keys of one that has some, and beside
/// the store it would look like the right one.
Result<void> check_key_file(const std::string& path, database::Database& database) {
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return {};
    auto tx = TRY(database.read());
    const auto ring = TRY(store::list_all_keys(*tx));
    if (ring.empty()) return {};
    return fail(ErrorCode::not_found, "The master key is missing.",
                "the store's keys need " + path + ": put it back from where you keep it");
}

Result<RealmId> find_default_realm(database::Database& database) {
    const auto tx = TRY(database.read());
    const auto realm = TRY(store::get_default_realm(*tx));
    return realm.id;
}

Result<Secret> get_master_key(const config::ServerConfig& config, const Environment& environment,
                              database::Database& database) {
    if (!environment.master_key) {
        TRY(check_key_file(config.master_key_file, database));
        return keys::load_or_create_master_key(config.master_key_file, environment.random);
    }
    auto key = keys::parse_master_key(*environment.master_key);
    if (!key) key.error().detail = "LATCHKEY_MASTER_KEY is not a master key (lk_mk_…)";
    return key;
}

}  // namespace

Result<std::unique_ptr<World>> World::open(const config::ServerConfig& config,
                                           const Environment& environment) {
    std::unique_ptr<World> world(new World(environment));
    sqlite::Options storage{.folder = config.data_dir};
    if (environment.statements == observation::Timing::on) {
        storage.observer = &world->board_.statements();
    }
    world->database_ = TRY(sqlite::open(storage));
    const Timestamp now = environment.clock.now();
    const auto schema = TRY(store::schema::sqlite());
    TRY(store::migrate(*world->database_, schema, now));
    const RealmId realm = TRY(find_default_realm(*world->database_));
    const Secret master_key = TRY(get_master_key(config, environment, *world->database_));
    world->keys_ =
        TRY(keys::KeyRing::load(master_key, *world->database_, realm, environment.random, now));

    const std::string installation = installation_name(*world->keys_);
    const realm::Lifetimes lifetimes{.consent_token = config.lifetimes.consent_token,
                                     .access_token = config.lifetimes.access_token,
                                     .refresh_absolute = config.lifetimes.refresh_token,
                                     .refresh_idle = config.lifetimes.refresh_idle,
                                     .refresh_grace = config.lifetimes.refresh_grace};
    world->realm_.reset(new realm::Realm{.keys = *world->keys_,
                                         .issuer = installation,
                                         .partners_audience = installation + ":partners",
                                         .lifetimes = lifetimes,
                                         .scopes = TRY(ScopeRegistry::make(config.scopes))});
    world->services_.reset(new realm::Services{.database = *world->database_,
                                               .realm = *world->realm_,
                                               .ports = {environment.clock, environment.random},
                                               .secret_uses = world->secret_uses_});
    return world;
}

}  // namespace latchkey::app
