#include "apps/latchkey/installation.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "apps/latchkey/open_realm.hpp"
#include "sqlite/database.hpp"
#include "store/keys.hpp"
#include "store/migrations.hpp"
#include "store/realms.hpp"

namespace latchkey::app {
namespace {

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

Result<std::vector<RealmRecord>> list_realms(database::Database& database) {
    const auto tx = TRY(database.read());
    return store::list_realms(*tx);
}

Failure no_such_realm(const std::vector<RealmRecord>& there) {
    std::string names;
    for (const RealmRecord& realm : there) {
        if (!realm.name.empty()) names += (names.empty() ? "" : ", ") + realm.name;
    }
    return fail(ErrorCode::not_found, "No such realm.",
                names.empty() ? "there is only the one without a name: leave --realm out"
                              : "there are " + names +
                                    ", and the one without a name, which is "
                                    "meant when --realm is left out");
}

}  // namespace

Installation::Installation(config::ServerConfig config, const Environment& environment)
    : config_(std::move(config)), environment_(environment) {}

Result<void> Installation::open_store() {
    sqlite::Options storage{.folder = config_.data_dir};
    if (environment_.statements == observation::Timing::on) {
        storage.observer = &board_.statements();
    }
    database_ = TRY(sqlite::open(storage));
    const auto schema = TRY(store::schema::sqlite());
    TRY(store::migrate(*database_, schema, clock().now()));
    master_key_ = TRY(get_master_key(config_, environment_, *database_));
    return {};
}

Result<const OpenRealm*> Installation::open_realm(const RealmRecord& record) {
    auto keys =
        TRY(keys::KeyRing::load(master_key_, *database_, record.id, random(), clock().now()));
    auto opened = TRY(make_realm(record, config_, std::move(keys)));
    if (first_ == nullptr) first_ = opened.get();
    open_.push_back(std::move(opened));
    realms_.add(open_.back()->realm);
    return open_.back().get();
}

Result<std::unique_ptr<Installation>> Installation::open(const config::ServerConfig& config,
                                                         const Environment& environment) {
    std::unique_ptr<Installation> installation(new Installation(config, environment));
    TRY(installation->open_store());
    (void)TRY(installation->open_new_realms());
    return installation;
}

Result<std::unique_ptr<Installation>> Installation::open_for(std::string_view realm_name,
                                                             const config::ServerConfig& config,
                                                             const Environment& environment) {
    std::unique_ptr<Installation> installation(new Installation(config, environment));
    TRY(installation->open_store());
    const auto there = TRY(list_realms(*installation->database_));
    const auto named = std::ranges::find(there, realm_name, &RealmRecord::name);
    if (named == there.end()) return no_such_realm(there);
    (void)TRY(installation->open_realm(*named));
    return installation;
}

Result<keys::Reload> Installation::reload_keys() {
    auto all = keys::Reload::unchanged;
    for (const auto& opened : open_) {
        const auto reloaded = TRY(opened->keys->reload(*database_, clock().now()));
        if (reloaded == keys::Reload::changed) all = reloaded;
    }
    return all;
}

Result<std::vector<const OpenRealm*>> Installation::open_new_realms() {
    const auto there = TRY(list_realms(*database_));
    std::vector<const OpenRealm*> opened;
    for (const RealmRecord& record : there) {
        if (realms_.find(record.id) == nullptr) opened.push_back(TRY(open_realm(record)));
    }
    return opened;
}

}  // namespace latchkey::app
