#include "keys/ring_store.hpp"

#include <algorithm>
#include <array>

#include "crypto/rsa.hpp"
#include "keys/purposes.hpp"
#include "keys/rewrapping.hpp"
#include "store/keys.hpp"

namespace latchkey::keys {
namespace {

constexpr int max_attempts = 3;  // one to lose the race, one to read what the winner wrote
constexpr std::int64_t first_version = 1;

Result<std::vector<store::KeyRecord>> read_records(database::Database& database, RealmId realm) {
    const auto tx = TRY(database.read());
    return store::list_keys(*tx, realm);
}

std::vector<std::string_view> missing_purposes(const std::vector<store::KeyRecord>& records) {
    std::vector<std::string_view> missing;
    const auto note = [&records, &missing](std::string_view name) {
        if (std::ranges::find(records, name, &store::KeyRecord::purpose) == records.end()) {
            missing.push_back(name);
        }
    };
    for (const PurposePolicy& policy : sealing_purposes) note(policy.name);
    note(consent_signing.name);
    return missing;
}

// All or none: a ring that is made in halves would seal under keys that a crash loses.
Result<void> insert_records(database::Database& database, const Wrapping& wrapping,
                            const std::vector<store::KeyRecord>& records) {
    const auto tx = TRY(database.write());
    TRY(check_master_key(*tx, wrapping));
    for (const store::KeyRecord& record : records) TRY(store::insert_key(*tx, record));
    return tx->commit();
}

}  // namespace

Result<Secret> make_key(std::string_view purpose, Random& random) {
    if (purpose == consent_signing.name) {
        const auto key = TRY(crypto::RsaPrivateKey::generate());
        return key.to_pkcs8();
    }
    std::string key(KeyRing::key_size, '\0');
    random.fill({reinterpret_cast<std::uint8_t*>(key.data()), key.size()});
    return Secret(std::move(key));
}

Result<std::vector<RingKey>> unwrap_all(const Wrapping& wrapping,
                                        const std::vector<store::KeyRecord>& records) {
    std::vector<RingKey> keys;
    for (const store::KeyRecord& record : records) {
        Secret key = TRY(wrapping.unwrap(record));
        keys.push_back({record.purpose, record.version, record.use_from, std::move(key)});
    }
    return keys;
}

Result<std::vector<RingKey>> load_or_make_keys(const Wrapping& wrapping,
                                               database::Database& database, RealmId realm,
                                               Random& random, Timestamp now) {
    for (int attempt = 0; attempt < max_attempts; ++attempt) {
        const auto records = TRY(read_records(database, realm));
        auto keys = TRY(unwrap_all(wrapping, records));
        const auto missing = missing_purposes(records);
        if (missing.empty()) return keys;

        // Keys are made before the transaction: an RSA key takes longer than others wait for it.
        std::vector<store::KeyRecord> made;
        for (const std::string_view purpose : missing) {
            const Secret key = TRY(make_key(purpose, random));
            made.push_back(wrapping.wrap(key, {realm, purpose, first_version}, random, now));
        }
        const auto inserted = insert_records(database, wrapping, made);
        if (!inserted && inserted.error().code != ErrorCode::conflict) {
            return Failure(inserted.error());
        }
    }
    return fail(ErrorCode::unavailable, "The key ring is being changed. Try again.");
}

}  // namespace latchkey::keys
