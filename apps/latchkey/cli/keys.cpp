// latchkey keys list | rotate | retire | reseal | rewrap

#include "admin/key_operations.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "apps/latchkey/sealed_columns.hpp"
#include "database/run_write.hpp"
#include "keys/resealing.hpp"

namespace latchkey::cli {
namespace {

/// In one transaction, so that a running server waits only for a moment.
constexpr int reseal_rows = 200;

json::Value describe(const keys::KeyStatus& key) {
    Fields fields;
    fields.add("purpose", key.purpose)
        .add("version", key.version)
        .add("phase", std::string(to_string(key.phase)))
        .add("createdAt", iso_time(key.created_at))
        .add("usedFrom", iso_time(key.use_from));
    if (key.phase == keys::KeyPhase::superseded) {
        fields.add("supersededAt", iso_time(key.superseded_at));
    } else {
        fields.add("supersededAt", nullptr);
    }
    return fields.value();
}

}  // namespace

Result<void> run(const KeysList& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    auto tx = TRY(world->database().read());
    json::Array rows;
    const auto statuses =
        TRY(keys::list_key_statuses(*tx, world->keys().realm(), world->clock().now()));
    for (const keys::KeyStatus& key : statuses) rows.push_back(describe(key));
    print(json::Value(json::Value::Data(std::move(rows))), command.format);
    return {};
}

Result<void> run(const KeysRotate& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    admin::KeyRotation rotation{command.purpose, std::nullopt};
    if (command.announce_seconds) rotation.announcement = Seconds(*command.announce_seconds);
    const auto made = [&]() -> Result<store::KeyRecord> {
        auto tx = TRY(operation->world().database().read());
        return admin::make_next_key(operation->act(), *tx, rotation);
    };
    const auto record = TRY(made());
    TRY(operation->write(
        [&](const auto& act, auto& tx) { return admin::announce_key(act, tx, record); }));
    print(Fields()
              .add("purpose", record.purpose)
              .add("version", record.version)
              .add("usedFrom", iso_time(record.use_from))
              .value(),
          command.format);
    return {};
}

Result<void> run(const KeysRetire& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const auto retirement =
        command.at_once ? keys::Retirement::at_once : keys::Retirement::when_unused;
    TRY(operation->write([&](const auto& act, auto& tx) {
        return admin::retire_key(act, tx, {command.purpose, command.version}, retirement);
    }));
    print(Fields()
              .add("purpose", command.purpose)
              .add("version", command.version)
              .add("retired", true)
              .value(),
          command.format);
    return {};
}

Result<void> run(const KeysRewrap& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    // On the disk before the store needs it.
    const Secret next =
        TRY(keys::load_or_create_master_key(command.new_master_key_file, environment.random));
    const int rewrapped = TRY(operation->write(
        [&](const auto& act, auto& tx) { return admin::rewrap_keys(act, tx, next); }));
    print(Fields()
              .add("rewrapped", std::int64_t{rewrapped})
              .add("masterKeyFile", command.new_master_key_file)
              .value(),
          command.format);
    return {};
}

Result<void> run(const KeysReseal& command, const app::Environment& environment) {
    const auto world = TRY(open_world(command, environment));
    const Timestamp now = world->clock().now();
    keys::Resealer resealer(world->keys(), app::sealed_columns());
    std::int64_t rows = 0;
    while (resealer.is_due(now)) {
        rows += TRY(database::run_write(
            world->database(), [&](auto& tx) { return resealer.step(tx, reseal_rows, now); }));
    }
    print(Fields().add("rowsLookedAt", rows).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
