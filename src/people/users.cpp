#include "people/users.hpp"

#include <utility>

#include "crypto/aead.hpp"
#include "people/contact.hpp"
#include "people/profile_codec.hpp"
#include "store/users.hpp"

namespace latchkey::people {
namespace {

Bytes to_bytes(std::string_view text) {
    const ByteView view = as_bytes(text);
    return {view.begin(), view.end()};
}

/// The user's own key, which the key ring wraps for this user and no other.
Result<crypto::AeadKey> unwrap_key(const keys::KeyRing& keys, const UserRecord& record) {
    const Secret key = TRY(keys.open(keys::Purpose::profile, record.wrapped_key, record.id.span()));
    return crypto::AeadKey::from_bytes(key.reveal_bytes());
}

Bytes seal_profile(const crypto::AeadKey& key, Random& random, UserId id, const Profile& profile) {
    std::string plain;
    append_profile(plain, profile);
    const Secret wiped(std::move(plain));
    std::string sealed;
    crypto::XChaCha20Poly1305(key).seal(random, wiped.reveal_bytes(), {id.span()}, sealed);
    return to_bytes(sealed);
}

Result<User> to_user(const keys::KeyRing& keys, const UserRecord& record) {
    Profile profile = TRY(open_profile(keys, record));
    return User{record.id, std::move(profile), record.created_at, record.updated_at};
}

/// The address is the one key of a person's that another can have.
Result<void> or_taken(Result<void> written) {
    if (written || written.error().code != ErrorCode::conflict) return written;
    return fail(ErrorCode::conflict, "There is a person with this address.");
}

template <class Parse>
Result<void> check_optional(std::optional<std::string>& field, Parse parse) {
    if (!field) return {};
    std::string checked = TRY(parse(*field));
    field = std::move(checked);
    return {};
}

}  // namespace

Bytes hash_email(const keys::KeyRing& keys, std::string_view email) {
    return keys.keyed_hash(keys::Purpose::email_lookup, as_bytes(email_lookup_form(email)));
}

Result<Profile> open_profile(const keys::KeyRing& keys, const UserRecord& record) {
    const crypto::AeadKey key = TRY(unwrap_key(keys, record));
    const Secret plain =
        TRY(crypto::XChaCha20Poly1305(key).open(record.sealed_profile, {record.id.span()}));
    return parse_profile(plain.reveal_bytes());
}

Result<Profile> check_profile(Profile profile) {
    profile.email = TRY(parse_email(profile.email));
    TRY(check_optional(profile.phone, parse_phone));
    TRY(check_optional(profile.given_name, parse_person_name));
    TRY(check_optional(profile.family_name, parse_person_name));
    TRY(check_optional(profile.avatar, parse_avatar));
    return profile;
}

Result<User> create_user(database::WriteTransaction& tx, const keys::KeyRing& keys, Random& random,
                         Profile profile, Timestamp now) {
    profile = TRY(check_profile(std::move(profile)));
    std::array<std::uint8_t, crypto::aead_key_size> raw{};
    random.fill(raw);
    const Secret wiped(std::string(as_text(raw)));
    const crypto::AeadKey key = TRY(crypto::AeadKey::from_bytes(wiped.reveal_bytes()));

    UserRecord record;
    record.id = make_id<UserId>(random);
    record.realm_id = keys.realm();
    record.email_hash = hash_email(keys, profile.email);
    std::string wrapped;
    keys.seal(keys::Purpose::profile, wiped.reveal_bytes(), record.id.span(), wrapped);
    record.wrapped_key = to_bytes(wrapped);
    record.sealed_profile = seal_profile(key, random, record.id, profile);
    record.created_at = now;
    record.updated_at = now;
    TRY(or_taken(store::insert_user(tx, record)));
    return User{record.id, std::move(profile), now, now};
}

Result<std::optional<User>> find_user(database::ReadTransaction& tx, const keys::KeyRing& keys,
                                      UserId id) {
    const auto record = TRY(store::find_user(tx, keys.realm(), id));
    if (!record) return std::nullopt;
    return TRY(to_user(keys, *record));
}

Result<std::optional<User>> find_user_by_email(database::ReadTransaction& tx,
                                               const keys::KeyRing& keys, std::string_view email) {
    const std::string address = TRY(parse_email(email));
    const Bytes hash = hash_email(keys, address);
    const auto record = TRY(store::find_user_by_email(tx, keys.realm(), hash));
    if (!record) return std::nullopt;
    return TRY(to_user(keys, *record));
}

Result<User> update_user(database::WriteTransaction& tx, const keys::KeyRing& keys, Random& random,
                         UserId id, Profile profile, Timestamp now) {
    profile = TRY(check_profile(std::move(profile)));
    auto record = TRY(store::find_user(tx, keys.realm(), id));
    if (!record) return fail(ErrorCode::not_found, "No such user.");
    const crypto::AeadKey key = TRY(unwrap_key(keys, *record));
    record->email_hash = hash_email(keys, profile.email);
    record->sealed_profile = seal_profile(key, random, id, profile);
    record->updated_at = now;
    TRY(or_taken(store::update_user(tx, *record)));
    return User{id, std::move(profile), record->created_at, now};
}

}  // namespace latchkey::people
