// latchkey keys list | rotate | retire | reseal | rewrap

#include "admin/key_operations.hpp"
#include "admin/resealing.hpp"
#include "apps/latchkey/cli/commands.hpp"
#include "apps/latchkey/cli/open.hpp"
#include "apps/latchkey/cli/report.hpp"
#include "keys/rotation.hpp"

namespace latchkey::cli {
namespace {

constexpr std::string_view key_list = "see `latchkey keys list`";

json::Value key_row(const keys::KeyStatus& key) {
    std::optional<Timestamp> superseded_at;
    if (key.phase == keys::KeyPhase::superseded) superseded_at = key.superseded_at;
    return Fields()
        .add("purpose", key.purpose)
        .add("version", key.version)
        .add("phase", std::string(to_string(key.phase)))
        .add_time("createdAt", key.created_at)
        .add_time("usedFrom", key.use_from)
        .add_time("supersededAt", superseded_at)
        .value();
}

/// Its errors are of a path on the line, and never of the key that the store is under.
Result<Secret> get_new_master_key(const std::string& path, Random& random) {
    auto key = keys::load_or_create_master_key(path, random);
    if (key || key.error().code != ErrorCode::storage_failed) return key;
    return fail(ErrorCode::invalid_argument, "The new master key can be neither read nor made.",
                key.error().detail);
}

}  // namespace

Result<void> run(const KeysList& command, const app::Environment& environment) {
    const auto installation = TRY(open_installation(command, environment));
    auto tx = TRY(installation->database().read());
    const auto statuses = TRY(
        keys::list_key_statuses(*tx, installation->keys().realm(), installation->clock().now()));
    print(rows_of(statuses, key_row), command.format);
    return {};
}

Result<void> run(const KeysRotate& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    admin::KeyRotation rotation{command.purpose, std::nullopt};
    if (command.announce_seconds) rotation.announcement = Seconds(*command.announce_seconds);
    const auto made = [&]() -> Result<store::KeyRecord> {
        auto tx = TRY(operation->installation().database().read());
        return admin::make_next_key(operation->act(), *tx, rotation);
    };
    const auto record = TRY(or_see(key_list, made()));
    TRY(operation->write(
        [&](const auto& act, auto& tx) { return admin::announce_key(act, tx, record); }));
    print(Fields()
              .add("purpose", record.purpose)
              .add("version", record.version)
              .add_time("usedFrom", record.use_from)
              .value(),
          command.format);
    return {};
}

Result<void> run(const KeysRetire& command, const app::Environment& environment) {
    const auto operation = TRY(Operation::open(command, environment));
    const auto retirement =
        command.at_once ? keys::Retirement::at_once : keys::Retirement::when_unused;
    const auto retired = operation->write([&](const auto& act, auto& tx) {
        return admin::retire_key(act, tx, {command.purpose, command.version}, retirement);
    });
    TRY(with_hint(or_see(key_list, retired), ErrorCode::conflict,
                  "`latchkey keys reseal` seals rows again now, --at-once ends what it made"));
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
    const Secret next = TRY(get_new_master_key(command.new_master_key_file, environment.random));
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
    const auto operation = TRY(Operation::open(command, environment));
    const auto rows = TRY(admin::reseal(operation->act(), operation->installation().database()));
    print(Fields().add("rowsLookedAt", rows).value(), command.format);
    return {};
}

}  // namespace latchkey::cli
