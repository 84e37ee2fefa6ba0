#include "admin/key_operations.hpp"

#include "keys/purposes.hpp"
#include "keys/rewrapping.hpp"

namespace latchkey::admin {
namespace {

std::string describe(std::string_view purpose, std::int64_t version) {
    return std::string(purpose) + " " + std::to_string(version);
}

Seconds usual_announcement(std::string_view purpose) {
    return purpose == keys::consent_signing.name ? keys::signing_key_announcement
                                                 : keys::sealing_key_announcement;
}

Result<void> record_key(const realm::Act& act, database::WriteTransaction& tx, audit::Event event,
                        const keys::KeyName& key) {
    const std::string detail = describe(key.purpose, key.version);
    return realm::record(tx, act, event, {std::nullopt, std::nullopt, detail});
}

/// A signing key that has not signed for long.
bool has_expired(const keys::KeyStatus& key, Timestamp now) {
    return key.purpose == keys::consent_signing.name && key.phase == keys::KeyPhase::superseded &&
           now >= key.superseded_at + keys::signing_key_afterlife;
}

}  // namespace

Result<store::KeyRecord> make_next_key(const realm::Act& act, database::ReadTransaction& tx,
                                       const KeyRotation& rotation) {
    const Seconds announcement =
        rotation.announcement.value_or(usual_announcement(rotation.purpose));
    if (announcement < Seconds(0) || announcement > max_key_announcement) {
        return fail(ErrorCode::invalid_argument, "A key is announced for 0 seconds to 30 days");
    }
    return keys::make_next_key(act.realm.keys, tx, {rotation.purpose, announcement}, act.random,
                               act.now);
}

Result<void> announce_key(const realm::Act& act, database::WriteTransaction& tx,
                          const store::KeyRecord& made) {
    TRY(keys::check_master_key(tx, act.realm.keys.wrapping()));
    TRY(store::insert_key(tx, made));
    return record_key(act, tx, audit::Event::key_rotated, {made.purpose, made.version});
}

Result<void> retire_key(const realm::Act& act, database::WriteTransaction& tx,
                        const keys::KeyName& key, keys::Retirement retirement) {
    TRY(keys::check_retirement(tx, act.realm.id(), key, retirement, act.now));
    TRY(store::delete_key(tx, act.realm.id(), key.purpose, key.version));
    return record_key(act, tx, audit::Event::key_retired, key);
}

Result<int> rewrap_keys(const realm::Act& act, database::WriteTransaction& tx,
                        const Secret& new_master_key) {
    const auto next = TRY(keys::Wrapping::under(new_master_key));
    const int rewrapped = TRY(keys::rewrap_all(tx, {act.realm.keys.wrapping(), next}, act.random));
    TRY(realm::record(tx, act, audit::Event::master_key_changed, {}));
    return rewrapped;
}

Result<SigningUpkeep> plan_signing_upkeep(const realm::Act& act, database::ReadTransaction& tx) {
    const auto statuses = TRY(keys::list_key_statuses(tx, act.realm.id(), act.now));
    SigningUpkeep plan;
    if (keys::is_signing_rotation_due(statuses, act.now)) {
        plan.next = TRY(make_next_key(act, tx, {keys::consent_signing.name, std::nullopt}));
    }
    for (const keys::KeyStatus& key : statuses) {
        if (has_expired(key, act.now)) plan.expired.push_back(key.version);
    }
    return plan;
}

Result<int> maintain_signing_keys(const realm::Act& act, database::WriteTransaction& tx,
                                  const SigningUpkeep& plan) {
    int changes = 0;
    if (plan.next) {
        const auto announced = announce_key(act, tx, *plan.next);
        // Another process announced one meanwhile, which is as good.
        if (!announced && announced.error().code != ErrorCode::conflict) {
            return Failure(announced.error());
        }
        changes += announced ? 1 : 0;
    }
    for (const std::int64_t version : plan.expired) {
        const auto retired = retire_key(act, tx, {keys::consent_signing.name, version},
                                        keys::Retirement::when_unused);
        if (!retired && retired.error().code != ErrorCode::not_found) {
            return Failure(retired.error());
        }
        changes += retired ? 1 : 0;
    }
    return changes;
}

}  // namespace latchkey::admin
