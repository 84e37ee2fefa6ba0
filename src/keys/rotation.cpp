#include "keys/rotation.hpp"

#include <algorithm>
#include <optional>

#include "keys/purposes.hpp"
#include "keys/ring_store.hpp"
#include "keys/wrapping.hpp"
#include "store/email_challenges.hpp"
#include "store/keys.hpp"
#include "store/outbox.hpp"
#include "store/passkeys.hpp"
#include "store/users.hpp"
#include "store/webhooks.hpp"

namespace latchkey::keys {
namespace {

Result<const PurposePolicy*> get_purpose(std::string_view name) {
    const PurposePolicy* policy = find_purpose(name);
    if (policy != nullptr) return policy;
    return fail(ErrorCode::not_found, "No such key.", "no key has this purpose");
}

/// Phases of one purpose's keys, which are `keys` in the order of their versions.
void tell_phases(std::span<KeyStatus> keys, Timestamp now) {
    std::size_t current = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].use_from <= now) current = i;
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i == current) {
            keys[i].phase = KeyPhase::current;
        } else if (i > current) {
            keys[i].phase = KeyPhase::announced;
        } else {
            keys[i].phase = KeyPhase::superseded;
            keys[i].superseded_at = keys[i + 1].use_from;
        }
    }
}

/// The keys of `purpose` among all, which are in the order of purposes.
std::span<const KeyStatus> of_purpose(const std::vector<KeyStatus>& keys,
                                      std::string_view purpose) {
    const auto [first, last] = std::ranges::equal_range(keys, purpose, {}, &KeyStatus::purpose);
    return {first, last};
}

using CountSealed = Result<std::int64_t> (*)(database::ReadTransaction&, RealmId, std::int64_t);

struct SealedRows {
    std::string_view purpose;
    CountSealed count;
};

/// Every column that a ring seals directly.
constexpr SealedRows sealed_rows[] = {
    {"profile", store::count_user_keys_under},       {"profile", store::count_passkey_names_under},
    {"webhook", store::count_webhook_secrets_under}, {"mail", store::count_mail_under},
    {"sign-in", store::count_challenges_under},
};

/// How many rows are sealed under a key; zero for purposes that seal no rows.
Result<std::int64_t> count_sealed_rows(database::ReadTransaction& tx, RealmId realm,
                                       const KeyName& key) {
    std::int64_t total = 0;
    for (const SealedRows& rows : sealed_rows) {
        if (rows.purpose != key.purpose) continue;
        const std::int64_t counted = TRY(rows.count(tx, realm, key.version));
        total += counted;
    }
    return total;
}

Failure in_use(std::string why) {
    return fail(ErrorCode::conflict, "The key is in use.", std::move(why));
}

}  // namespace

std::string_view to_string(KeyPhase phase) noexcept {
    switch (phase) {
        case KeyPhase::announced: return "announced";
        case KeyPhase::current: return "current";
        case KeyPhase::superseded: return "superseded";
    }
    return "";
}

Result<std::vector<KeyStatus>> list_key_statuses(database::ReadTransaction& tx, RealmId realm,
                                                 Timestamp now) {
    const auto records = TRY(store::list_keys(tx, realm));
    std::vector<KeyStatus> all;
    for (const store::KeyRecord& record : records) {
        all.push_back({.purpose = record.purpose,
                       .version = record.version,
                       .phase = KeyPhase::current,
                       .created_at = record.created_at,
                       .use_from = record.use_from,
                       .superseded_at = {}});
    }
    for (auto first = all.begin(); first != all.end();) {
        const auto last = std::find_if(first, all.end(), [&first](const KeyStatus& key) {
            return key.purpose != first->purpose;
        });
        tell_phases({first, last}, now);
        first = last;
    }
    return all;
}

Result<store::KeyRecord> make_next_key(const KeyRing& ring, database::ReadTransaction& tx,
                                       const NextKey& next, Random& random, Timestamp now) {
    const PurposePolicy* policy = TRY(get_purpose(next.purpose));
    if (policy->succession == Succession::never) {
        return fail(ErrorCode::unsupported, "This key cannot change.",
                    "what this key made must stay the same for ever: it cannot be rotated");
    }
    const auto all = TRY(list_key_statuses(tx, ring.realm(), now));
    const auto keys = of_purpose(all, next.purpose);
    if (!keys.empty() && keys.back().phase == KeyPhase::announced) {
        return fail(ErrorCode::conflict, "The next key is announced already.",
                    "version " + std::to_string(keys.back().version) +
                        " is announced and not yet in use: wait until it is");
    }
    const Secret key = TRY(make_key(next.purpose, random));
    const std::int64_t version = keys.empty() ? 1 : keys.back().version + 1;
    auto record = ring.wrapping().wrap(key, {ring.realm(), next.purpose, version}, random, now);
    record.use_from = now + next.announcement;
    return record;
}

Result<void> check_retirement(database::ReadTransaction& tx, RealmId realm, const KeyName& key,
                              Retirement retirement, Timestamp now) {
    const PurposePolicy* policy = TRY(get_purpose(key.purpose));
    const auto all = TRY(list_key_statuses(tx, realm, now));
    const auto keys = of_purpose(all, key.purpose);
    const auto found = std::ranges::find(keys, key.version, &KeyStatus::version);
    if (found == keys.end()) {
        return fail(ErrorCode::not_found, "No such key.", "this purpose has no such version");
    }
    if (found->phase == KeyPhase::current) {
        return in_use("it is the current key: rotate first, then retire it when it is unused");
    }
    if (found->phase == KeyPhase::announced) {
        return in_use("it is announced: other processes may be about to use it");
    }
    const std::int64_t rows = TRY(count_sealed_rows(tx, realm, key));
    if (rows > 0) {
        return in_use(std::to_string(rows) + " rows are sealed under it: servers seal them again " +
                      "in the background");
    }
    const Timestamp end = found->superseded_at + policy->longest_life;
    if (retirement == Retirement::when_unused && now < end) {
        const auto hours = std::chrono::ceil<std::chrono::hours>(end - now).count();
        return in_use("what it made can still be presented for another " + std::to_string(hours) +
                      " h");
    }
    return {};
}

bool is_signing_rotation_due(const std::vector<KeyStatus>& keys, Timestamp now) {
    const auto signing = of_purpose(keys, consent_signing.name);
    if (signing.empty() || signing.back().phase == KeyPhase::announced) return false;
    return now >= signing.back().use_from + signing_key_period - signing_key_announcement;
}

}  // namespace latchkey::keys
