#include "webauthn/passkeys.hpp"

#include <algorithm>
#include <utility>

#include "crypto/constant_time.hpp"
#include "crypto/digest.hpp"
#include "store/passkeys.hpp"
#include "webauthn/authenticator_data.hpp"
#include "webauthn/cose_key.hpp"
#include "webauthn/passkey_challenge.hpp"
#include "webauthn/passkey_names.hpp"

namespace latchkey::webauthn {
namespace {

constexpr std::string_view sign_in_ceremony = "sign-in";

Failure refused(const char* why) {
    return fail(ErrorCode::invalid_token, "This passkey was not accepted.", why);
}

std::string registration_ceremony(UserId user_id) { return "register " + user_id.text(); }

Bytes to_bytes(ByteView view) { return {view.begin(), view.end()}; }

/// What both ceremonies check of the client data, but for the challenge (7.1 and 7.2, steps on C).
Result<ClientData> check_client_data(const RelyingParty& party, ByteView json,
                                     std::string_view type) {
    ClientData data = TRY(parse_client_data(json));
    // "Verify that the value of C.type is the string webauthn.create / webauthn.get."
    if (data.type != type) return refused("passkey: another ceremony");
    // "Verify that the value of C.origin matches the Relying Party's origin."
    if (data.origin != party.origin) return refused("passkey: another origin");
    if (data.frame != ClientData::Frame::same_origin) return refused("passkey: in a frame");
    return data;
}

/// What both check of the authenticator data.
Result<void> check_authenticator_data(const RelyingParty& party, const AuthenticatorData& data) {
    // "Verify that the rpIdHash in authData is the SHA-256 hash of the RP ID."
    const crypto::Sha256 expected = crypto::sha256(party.id);
    if (!std::ranges::equal(data.rp_id_hash, expected)) return refused("passkey: another party");
    // "Verify that the User Present bit of the flags in authData is set", and User Verified.
    if (!data.user_present) return refused("passkey: nobody was there");
    if (!data.user_verified) return refused("passkey: the user was not verified");
    return {};
}

}  // namespace

std::string Passkeys::sign_in_challenge(std::string_view browser_secret, Timestamp now) const {
    return make_passkey_challenge(services_.keys, services_.random,
                                  {sign_in_ceremony, browser_secret}, now);
}

std::string Passkeys::registration_challenge(std::string_view browser_secret, UserId user_id,
                                             Timestamp now) const {
    return make_passkey_challenge(services_.keys, services_.random,
                                  {registration_ceremony(user_id), browser_secret}, now);
}

Result<void> Passkeys::add(database::WriteTransaction& tx, const Registration& wanted,
                           Timestamp now) const {
    const ClientData client =
        TRY(check_client_data(services_.party, wanted.answer.client_data, "webauthn.create"));
    const std::string ceremony = registration_ceremony(wanted.user_id);
    TRY(consume_passkey_challenge(tx, services_.keys, {ceremony, wanted.browser_secret},
                                  client.challenge, now));
    const ByteView data_bytes = TRY(parse_attestation_object(wanted.answer.attestation_object));
    const AuthenticatorData data = TRY(parse_authenticator_data(data_bytes));
    TRY(check_authenticator_data(services_.party, data));
    if (!data.credential) return refused("passkey: no credential in a registration");

    const auto known = TRY(store::list_passkeys(tx, wanted.user_id, max_passkeys));
    if (known.size() >= max_passkeys) {
        return fail(ErrorCode::too_large, "There are too many passkeys already.");
    }
    PasskeyRecord record;
    record.user_id = wanted.user_id;
    record.credential_id = to_bytes(data.credential->id);
    record.public_key = to_bytes(data.credential->public_key);
    record.sealed_name =
        TRY(seal_passkey_name(services_.keys, {record.user_id, record.credential_id}, wanted.name));
    record.sign_count = data.sign_count;
    record.created_at = now;
    return store::insert_passkey(tx, record);
}

Result<UserId> Passkeys::check(database::WriteTransaction& tx, std::string_view browser_secret,
                               const AssertionAnswer& answer, Timestamp now) const {
    const ClientData client =
        TRY(check_client_data(services_.party, answer.client_data, "webauthn.get"));
    TRY(consume_passkey_challenge(tx, services_.keys, {sign_in_ceremony, browser_secret},
                                  client.challenge, now));
    // "The user handle identifies the user; verify that it owns the credential."
    const auto user_id = UserId::from_bytes(answer.user_handle);
    if (!user_id) return refused("passkey: no user handle");
    auto passkey =
        TRY(store::find_passkey(tx, services_.keys.realm(), *user_id, answer.credential_id));
    if (!passkey) return refused("passkey: unknown credential");
    const AuthenticatorData data = TRY(parse_authenticator_data(answer.authenticator_data));
    TRY(check_authenticator_data(services_.party, data));

    // "Verify that sig is a valid signature over the concatenation of authData and hash."
    ByteView key_bytes = passkey->public_key;
    const CoseKey key = TRY(CoseKey::parse(key_bytes));
    Bytes message = to_bytes(answer.authenticator_data);
    const crypto::Sha256 hash = crypto::sha256(answer.client_data);
    message.insert(message.end(), hash.begin(), hash.end());
    if (!key.verify(message, answer.signature)) return refused("passkey: signature");

    // "If authData.signCount is nonzero or stored signCount is nonzero": it must have grown. Two
    // authenticators with one key would count separately.
    passkey->sign_count = data.sign_count;
    passkey->last_used_at = now;
    const bool counted = TRY(store::use_passkey(tx, *passkey));
    if (!counted) return refused("passkey: the counter went back");
    return *user_id;
}

Result<std::vector<Passkey>> Passkeys::list(database::ReadTransaction& tx, UserId user_id) const {
    const auto records = TRY(store::list_passkeys(tx, user_id, max_passkeys));
    std::vector<Passkey> passkeys;
    for (const PasskeyRecord& record : records) {
        const Secret name = TRY(open_passkey_name(services_.keys, record));
        passkeys.push_back({record.credential_id, std::string(name.reveal()), record.created_at,
                            record.last_used_at});
    }
    return passkeys;
}

Result<void> Passkeys::rename(database::WriteTransaction& tx, UserId user_id,
                              ByteView credential_id, std::string_view name) const {
    PasskeyRecord record;
    record.user_id = user_id;
    record.credential_id = to_bytes(credential_id);
    record.sealed_name = TRY(seal_passkey_name(services_.keys, {user_id, credential_id}, name));
    const bool renamed = TRY(store::rename_passkey(tx, record));
    if (!renamed) return fail(ErrorCode::not_found, "There is no such passkey.");
    return {};
}

}  // namespace latchkey::webauthn
