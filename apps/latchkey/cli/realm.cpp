// latchkey realm create | list | show | delete

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "admin/realms.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"

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

/// A section that was misspelt would be nobody's, silently.
void warn_of_unknown_sections(const app::Installation& world,
                              const std::vector<RealmRecord>& there) {
    for (const std::string& name : world.unknown_sections(there)) {
        fmt::print(stderr, "latchkey: [realm.{}] of the configuration: there is no such realm\n",
                   name);
    }
}

}  // namespace

Result<void> run(const RealmCreate& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    app::Installation& world = operation->world();
    const config::ServerConfig configured = TRY(read_config(command));
    const admin::NewRealm wanted{command.name, command.public_url, configured.public_url};
    TRY(admin::check_new_realm(wanted));
    RealmRecord record;
    record.name = wanted.name;
    record.public_url = wanted.public_url;
    TRY(world.check_settings(record));
    const auto keys =
        TRY(admin::make_realm_keys(world.keys().wrapping(), world.random(), world.clock().now()));
    const auto realm = TRY(operation->write([&](const auto& act, auto& tx) {
        return admin::create_realm(tx, wanted, keys, act.now, act.by);
    }));
    print(describe(realm).value(), command.format);
    return {};
}

Result<void> run(const RealmList& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    auto tx = TRY(world->database().read());
    const auto realms = TRY(admin::list_realms(*tx));
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
    const auto details = TRY(admin::get_realm(*tx, command.name, world->clock().now()));
    print(describe(details.record).add("keys", std::int64_t(details.keys.size())).value(),
          command.format);
    const auto realms = TRY(admin::list_realms(*tx));
    warn_of_unknown_sections(*world, realms);
    return {};
}

Result<void> run(const RealmDelete& command, const app::Environment& environment) {
    if (!command.confirmed) {
        return fail(ErrorCode::invalid_argument, "Not confirmed.",
                    "this deletes the realm and its keys for good; add --yes to do it");
    }
    const auto operation = TRY(Operation::open(command, environment));
    TRY(operation->write([&](const auto& act, auto& tx) {
        return admin::delete_realm(tx, command.name, act.now, act.by);
    }));
    print(Fields().add("name", command.name).add("deleted", true).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
