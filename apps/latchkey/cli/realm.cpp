// latchkey realm create | list | show

#include "admin/realms.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"

namespace latchkey::cli {
namespace {

/// The URL of the first realm is the configuration's, which no command but serve reads.
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

}  // namespace

Result<void> run(const RealmCreate& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const admin::NewRealm wanted{command.name, command.public_url};
    const auto realm = TRY(operation->write([&](const auto& act, auto& tx) {
        return admin::create_realm(tx, wanted, act.random, act.now, act.by);
    }));
    // Its keys: whoever opens a realm first makes them.
    Common named = command;
    named.realm = realm.name;
    (void)TRY(open_world(named, environment));
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
    return {};
}

Result<void> run(const RealmShow& command, const app::Environment& environment) {
    Common named = command;
    named.realm = command.name;
    const auto world = TRY(open_world(named, environment));
    auto tx = TRY(world->database().read());
    const auto details = TRY(admin::get_realm(world->realm(), *tx, world->clock().now()));
    print(describe(details.record).add("keys", std::int64_t(details.keys.size())).value(),
          command.format);
    return {};
}

}  // namespace latchkey::cli
