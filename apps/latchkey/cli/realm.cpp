// latchkey realm create | list | show | delete

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "admin/realms.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "database/run_write.hpp"
#include "keys/rotation.hpp"
#include "store/realms.hpp"

namespace latchkey::cli {
namespace {

/// The first realm's is unknown until a server has served it.
json::Value::Data url_of(const RealmRecord& realm) {
    if (realm.public_url.empty()) return nullptr;
    return realm.public_url;
}

Fields describe(const RealmRecord& realm) {
    Fields fields;
    fields.add("name", realm.name)
        .add("publicUrl", url_of(realm))
        .add("createdAt", iso_time(realm.created_at));
    return fields;
}

Failure no_such_realm() {
    return fail(ErrorCode::not_found, "No such realm.", "`latchkey realm list` shows them");
}

/// A section that was misspelt would be nobody's, silently.
void warn_of_unknown_sections(const app::World& world, const std::vector<RealmRecord>& there) {
    for (const std::string& name : world.unknown_sections(there)) {
        fmt::print(stderr, "latchkey: [realm.{}] of the configuration: there is no such realm\n",
                   name);
    }
}

}  // namespace

Result<void> run(const RealmCreate& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    const config::ServerConfig configured = TRY(read_config(command));
    const admin::NewRealm wanted{command.name, command.public_url, configured.public_url};
    TRY(admin::check_new_realm(wanted));
    RealmRecord record;
    record.name = wanted.name;
    record.public_url = wanted.public_url;
    TRY(world->check_settings(record));
    const Timestamp now = world->clock().now();
    const auto keys = TRY(admin::make_realm_keys(world->keys().wrapping(), world->random(), now));
    const auto realm = TRY(database::run_write(world->database(), [&](auto& tx) {
        return admin::create_realm(tx, wanted, keys, now, operator_audit);
    }));
    print(describe(realm).value(), command.format);
    return {};
}

Result<void> run(const RealmList& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    auto tx = TRY(world->database().read());
    const auto realms = TRY(store::list_realms(*tx));
    json::Array rows;
    for (const RealmRecord& realm : realms) rows.push_back(describe(realm).value());
    print(json::Value(json::Value::Data(std::move(rows))), command.format);
    warn_of_unknown_sections(*world, realms);
    return {};
}

Result<void> run(const RealmShow& command, const app::Environment& environment) {
    // Not opened for this realm: one that cannot be opened is shown, too.
    const auto world = TRY(open_world(command, environment));
    auto tx = TRY(world->database().read());
    const auto realms = TRY(store::list_realms(*tx));
    const auto realm = std::ranges::find(realms, command.name, &RealmRecord::name);
    if (realm == realms.end()) return no_such_realm();
    const auto keys = TRY(keys::list_key_statuses(*tx, realm->id, world->clock().now()));
    print(describe(*realm).add("keys", std::int64_t(keys.size())).value(), command.format);
    warn_of_unknown_sections(*world, realms);
    return {};
}

Result<void> run(const RealmDelete& command, const app::Environment& environment) {
    if (!command.confirmed) {
        return fail(ErrorCode::invalid_argument, "Not confirmed.",
                    "this deletes the realm and its keys for good; add --yes to do it");
    }
    const auto world = TRY(open_world(command, environment));
    TRY(database::run_write(world->database(), [&](auto& tx) {
        return admin::delete_realm(tx, command.name, world->clock().now(), operator_audit);
    }));
    print(Fields().add("name", command.name).add("deleted", true).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
