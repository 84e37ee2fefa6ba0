#include "apps/latchkey/installation.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "admin/realms.hpp"
#include "apps/latchkey/open_realm.hpp"
#include "base/text/origin.hpp"
#include "database/run_write.hpp"
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

Failure no_such_realm(const std::vector<RealmRecord>& there, std::string_view named_by) {
    std::string names;
    for (const RealmRecord& realm : there) {
        if (!realm.name.empty()) names += (names.empty() ? "" : ", ") + realm.name;
    }
    const std::string by(named_by);
    return fail(ErrorCode::not_found, "No such realm.",
                names.empty()
                    ? "there is only the one without a name: leave " + by + " out"
                    : "there are " + names + ", and the one without a name, which is meant when " +
                          by + " is left out");
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

Result<void> Installation::note_public_url() {
    const auto is_known = [this]() -> Result<bool> {
        const auto tx = TRY(database_->read());
        const RealmRecord first = TRY(store::get_default_realm(*tx));
        return first.public_url == config_.public_url;
    };
    if (TRY(is_known())) return {};
    return database::run_write(*database_, [this](database::WriteTransaction& tx) {
        return store::set_default_realm_url(tx, config_.public_url);
    });
}

Result<void> Installation::check_first_host(const std::vector<RealmRecord>& there) const {
    const RealmRecord* other = admin::find_realm_on_host(there, config_.public_url);
    if (other == nullptr) return {};
    return fail(ErrorCode::conflict, "Two realms are on one host.",
                "the first realm's public_url is " + config_.public_url + ", and the realm " +
                    other->name + " is on this host (" + other->public_url +
                    "): give the first realm another public_url, or delete the other realm: "
                    "latchkey realm delete " +
                    other->name);
}

Result<RealmSetup> Installation::get_setup(const RealmRecord& record) const {
    return set_up_realm(record, config_);
}

bool Installation::has_shared_sender(std::string_view realm_name) const {
    const auto section = config_.realms.find(realm_name);
    const bool has_own = section != config_.realms.end() && !section->second.mail_from.empty();
    return !has_own && !config_.smtp.from.empty();
}

std::vector<std::string> Installation::unknown_sections(
    const std::vector<RealmRecord>& there) const {
    std::vector<std::string> unknown;
    for (const auto& [name, unused] : config_.realms) {
        if (std::ranges::find(there, name, &RealmRecord::name) == there.end()) {
            unknown.push_back(name);
        }
    }
    return unknown;
}

Result<const OpenRealm*> Installation::open_realm(const RealmRecord& record) {
    // Settings first: a realm that is refused for them gets no keys.
    RealmSetup setup = TRY(set_up_realm(record, config_));
    auto keys =
        TRY(keys::KeyRing::load(master_key_, *database_, record.id, random(), clock().now()));
    auto opened = TRY(make_realm(record, config_, std::move(setup), std::move(keys)));
    if (first_ == nullptr) first_ = opened.get();
    open_.push_back(std::move(opened));
    realms_.add(open_.back()->realm);
    return open_.back().get();
}

Result<std::unique_ptr<Installation>> Installation::open(const config::ServerConfig& config,
                                                         const Environment& environment) {
    std::unique_ptr<Installation> installation(new Installation(config, environment));
    TRY(installation->open_store());
    const auto there = TRY(list_realms(*installation->database_));
    TRY(installation->check_first_host(there));
    TRY(installation->note_public_url());
    installation->open_new(there, {}, installation->first_found_);
    if (installation->first_ == nullptr || !installation->first_->realm.name.empty()) {
        return Failure(installation->first_found_.refused.front().error);
    }
    return installation;
}

Result<std::unique_ptr<Installation>> Installation::open_for(std::string_view realm_name,
                                                             const config::ServerConfig& config,
                                                             const Environment& environment,
                                                             std::string_view named_by) {
    std::unique_ptr<Installation> installation(new Installation(config, environment));
    TRY(installation->open_store());
    const auto there = TRY(list_realms(*installation->database_));
    const auto named = std::ranges::find(there, realm_name, &RealmRecord::name);
    if (named == there.end()) return no_such_realm(there, named_by);
    (void)TRY(installation->open_realm(*named));
    return installation;
}

Result<keys::Reload> Installation::reload_keys() {
    Result<keys::Reload> all = keys::Reload::unchanged;
    for (const auto& opened : open_) {
        const auto reloaded = opened->keys->reload(*database_, clock().now());
        if (!all || (reloaded && *reloaded == keys::Reload::unchanged)) continue;
        all = reloaded;
    }
    return all;
}

Result<void> Installation::check_host(const RealmRecord& record) const {
    const std::string_view host = host_of(record.public_url);
    for (const auto& opened : open_) {
        const realm::Realm& other = opened->realm;
        if (record.name.empty() || host != host_of(other.public_origin)) continue;
        return fail(ErrorCode::conflict, "Two realms are on one host.",
                    record.public_url + ": " + other.public_origin + " of " +
                        (other.name.empty() ? "the first realm" : "the realm " + other.name) +
                        " is on this host, too: change that, or delete this realm");
    }
    return {};
}

void Installation::close_gone(const std::vector<RealmRecord>& there, RealmsFound& found) {
    for (auto& opened : open_) {
        if (std::ranges::find(there, opened->realm.id(), &RealmRecord::id) != there.end()) continue;
        found.gone.push_back(opened.get());
        gone_.push_back(std::move(opened));
    }
    std::erase(open_, nullptr);
}

void Installation::open_new(const std::vector<RealmRecord>& there, const Result<void>& configured,
                            RealmsFound& found) {
    found.has_others = there.size() > 1;
    found.unknown = unknown_sections(there);
    for (const RealmRecord& record : there) {
        if (realms_.find(record.id) != nullptr) continue;
        const auto opened = [&]() -> Result<const OpenRealm*> {
            TRY(configured);
            TRY(check_host(record));
            return open_realm(record);
        }();
        if (opened) {
            found.opened.push_back(*opened);
        } else {
            found.refused.push_back({record.name, opened.error()});
        }
    }
}

Result<RealmsFound> Installation::look_for_realms() {
    const auto there = TRY(list_realms(*database_));
    RealmsFound found;
    close_gone(there, found);
    Result<void> configured;
    if (there.size() > open_.size()) {
        auto sections = config::read_sections(config_);
        if (sections) {
            config_.realms = std::move(*sections);
        } else {
            configured = Failure(sections.error());
        }
    }
    open_new(there, configured, found);
    return found;
}

}  // namespace latchkey::app
