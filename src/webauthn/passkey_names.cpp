#include "webauthn/passkey_names.hpp"

#include <optional>
#include <string>

#include "base/text/text.hpp"
#include "people/contact.hpp"
#include "store/passkeys.hpp"

namespace latchkey::webauthn {
namespace {

constexpr keys::Purpose purpose = keys::Purpose::profile;

std::string associated_with(const PasskeyPlace& place) {
    std::string text = "passkey\n" + place.user_id.text() + '\n';
    return text += as_text(place.credential_id);
}

Bytes to_bytes(std::string_view text) { return {text.begin(), text.end()}; }

/// As a row of SealedColumn: the user's id, then the credential's.
Bytes row_of(const PasskeyPlace& place) {
    Bytes row(place.user_id.bytes.begin(), place.user_id.bytes.end());
    row.insert(row.end(), place.credential_id.begin(), place.credential_id.end());
    return row;
}

std::optional<PasskeyPlace> place_of(ByteView row) {
    if (row.size() < UserId::size) return std::nullopt;
    const auto user_id = UserId::from_bytes(row.first(UserId::size));
    if (!user_id) return std::nullopt;
    return PasskeyPlace{*user_id, row.subspan(UserId::size)};
}

Result<std::vector<keys::SealedValue>> list(database::ReadTransaction& tx, RealmId realm,
                                            ByteView after, int limit) {
    const PasskeyPlace start = place_of(after).value_or(PasskeyPlace{});
    const auto rows = TRY(store::list_sealed_passkey_names(
        tx, realm,
        {.user_id = start.user_id, .credential_id = start.credential_id, .limit = limit}));
    std::vector<keys::SealedValue> values;
    for (const store::SealedPasskeyName& row : rows) {
        const PasskeyPlace place{row.user_id, row.credential_id};
        values.push_back({.row = row_of(place),
                          .sealed = row.sealed_name,
                          .associated = to_bytes(associated_with(place))});
    }
    return values;
}

Result<bool> replace(database::WriteTransaction& tx, const keys::SealedValue& read, ByteView next) {
    const auto place = place_of(read.row);
    if (!place) return false;
    const Bytes credential_id(place->credential_id.begin(), place->credential_id.end());
    return store::replace_sealed_passkey_name(tx, {place->user_id, credential_id, read.sealed},
                                              next);
}

}  // namespace

Result<Bytes> seal_passkey_name(const keys::KeyRing& keys, const PasskeyPlace& place,
                                std::string_view name) {
    const std::string checked = TRY(people::parse_person_name(name));
    std::string sealed;
    keys.seal(purpose, as_bytes(checked), as_bytes(associated_with(place)), sealed);
    return to_bytes(sealed);
}

Result<Secret> open_passkey_name(const keys::KeyRing& keys, const PasskeyRecord& record) {
    const std::string associated = associated_with({record.user_id, record.credential_id});
    return keys.open(purpose, record.sealed_name, as_bytes(associated));
}

keys::SealedColumn passkey_names() noexcept { return {purpose, list, replace}; }

}  // namespace latchkey::webauthn
