#include "keys/ring_store.hpp"

#include <algorithm>
#include <array>

#include "crypto/rsa.hpp"
#include "keys/purposes.hpp"
#include "keys/rewrapping.hpp"
#include "store/keys.hpp"

namespace latchkey::keys {
namespace {

constexpr std::int64_t first_version = 1;

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

Result<std::vector<store::KeyRecord>> make_missing_keys(
    const Wrapping& wrapping, RealmId realm, const std::vector<store::KeyRecord>& records,
    Random& random, Timestamp now) {
    std::vector<store::KeyRecord> made;
    for (const std::string_view purpose : missing_purposes(records)) {
        const Secret key = TRY(make_key(purpose, random));
        made.push_back(wrapping.wrap(key, {realm, purpose, first_version}, random, now));
    }
    return made;
}

Result<void> insert_keys(const Wrapping& wrapping, database::WriteTransaction& tx,
                         const std::vector<store::KeyRecord>& records) {
    TRY(check_master_key(tx, wrapping));
    for (const store::KeyRecord& record : records) TRY(store::insert_key(tx, record));
    return {};
}

}  // namespace latchkey::keys
