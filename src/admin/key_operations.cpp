#include "admin/key_operations.hpp"

#include "audit/audit.hpp"
#include "keys/purposes.hpp"
#include "keys/rewrapping.hpp"

namespace latchkey::admin {
namespace {

constexpr audit::Context by_itself{"system", "", "server"};

std::string describe(std::string_view purpose, std::int64_t version) {
    return std::string(purpose) + " " + std::to_string(version);
}

Seconds usual_announcement(std::string_view purpose) {
    return purpose == keys::consent_signing.name ? keys::signing_key_announcement
                                                 : keys::sealing_key_announcement;
}

Result<store::KeyRecord> make_next(const realm::Services& services, const keys::NextKey& next,
                                   Timestamp now) {
    auto tx = TRY(services.database.read());
    return keys::make_next_key(services.realm.keys, *tx, next, services.ports.random, now);
}

Result<std::vector<keys::KeyStatus>> read_statuses(const realm::Services& services, Timestamp now) {
    auto tx = TRY(services.database.read());
    return keys::list_key_statuses(*tx, services.realm.keys.realm(), now);
}

}  // namespace

Result<store::KeyRecord> rotate_key(const realm::Services& services, const KeyRotation& rotation,
                                    Timestamp now, const audit::Context& audit) {
    const Seconds announcement =
        rotation.announcement.value_or(usual_announcement(rotation.purpose));
    if (announcement < Seconds(0) || announcement > max_key_announcement) {
        return fail(ErrorCode::invalid_argument, "A key is announced for 0 seconds to 30 days");
    }
    // Made before the write begins: an RSA key takes longer than others wait for it.
    const auto record = TRY(make_next(services, {rotation.purpose, announcement}, now));
    auto tx = TRY(services.database.write());
    TRY(keys::check_master_key(*tx, services.realm.keys.wrapping()));
    TRY(store::insert_key(*tx, record));
    const std::string detail = describe(record.purpose, record.version);
    TRY(audit::append(*tx, services.realm.keys.realm(), audit::Event::key_rotated,
                      {std::nullopt, std::nullopt, detail}, now, audit));
    TRY(tx->commit());
    return record;
}

Result<void> retire_key(const realm::Services& services, const keys::KeyName& key,
                        keys::Retirement retirement, Timestamp now, const audit::Context& audit) {
    auto tx = TRY(services.database.write());
    TRY(keys::check_retirement(*tx, services.realm.keys.realm(), key, retirement, now));
    TRY(store::delete_key(*tx, services.realm.keys.realm(), key.purpose, key.version));
    const std::string detail = describe(key.purpose, key.version);
    TRY(audit::append(*tx, services.realm.keys.realm(), audit::Event::key_retired,
                      {std::nullopt, std::nullopt, detail}, now, audit));
    return tx->commit();
}

Result<int> rewrap_keys(const realm::Services& services, const Secret& new_master_key,
                        Timestamp now, const audit::Context& audit) {
    const auto next = TRY(keys::Wrapping::under(new_master_key));
    auto tx = TRY(services.database.write());
    const int rewrapped =
        TRY(keys::rewrap_all(*tx, {services.realm.keys.wrapping(), next}, services.ports.random));
    TRY(audit::append(*tx, services.realm.keys.realm(), audit::Event::master_key_changed, {}, now,
                      audit));
    TRY(tx->commit());
    return rewrapped;
}

Result<int> maintain_signing_keys(const realm::Services& services, Timestamp now) {
    const auto statuses = TRY(read_statuses(services, now));
    int changes = 0;
    if (keys::is_signing_rotation_due(statuses, now)) {
        const auto rotated =
            rotate_key(services, {keys::consent_signing.name, std::nullopt}, now, by_itself);
        // Another process was first: its key does.
        if (!rotated && rotated.error().code != ErrorCode::conflict) {
            return Failure(rotated.error());
        }
        changes += rotated ? 1 : 0;
    }
    for (const keys::KeyStatus& key : statuses) {
        if (key.purpose != keys::consent_signing.name || key.phase != keys::KeyPhase::superseded ||
            now < key.superseded_at + keys::signing_key_afterlife) {
            continue;
        }
        const auto retired = retire_key(services, {key.purpose, key.version},
                                        keys::Retirement::when_unused, now, by_itself);
        if (!retired && retired.error().code != ErrorCode::not_found) {
            return Failure(retired.error());
        }
        changes += retired ? 1 : 0;
    }
    return changes;
}

}  // namespace latchkey::admin
