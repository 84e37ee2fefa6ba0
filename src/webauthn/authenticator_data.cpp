#include "webauthn/authenticator_data.hpp"

#include "json/value.hpp"
#include "webauthn/cbor.hpp"
#include "webauthn/cose_key.hpp"

namespace latchkey::webauthn {
namespace {

// 6.1
constexpr std::size_t rp_id_hash_bytes = 32;
constexpr std::size_t head_bytes = rp_id_hash_bytes + 1 + 4;
constexpr std::size_t aaguid_bytes = 16;
constexpr std::uint8_t flag_up = 0x01, flag_uv = 0x04, flag_be = 0x08, flag_bs = 0x10;
constexpr std::uint8_t flag_at = 0x40, flag_ed = 0x80;

constexpr std::size_t max_client_data_bytes = 4096;

Failure malformed(const char* why) {
    return fail(ErrorCode::malformed, "The authenticator's answer is malformed.", why);
}

/// 6.5.1: aaguid, length of the id in two bytes, id, key. Moves `rest` behind it.
Result<AuthenticatorData::Credential> take_credential(ByteView& rest) {
    if (rest.size() < aaguid_bytes + 2) return malformed("credential data: cut short");
    const std::size_t size = (std::size_t{rest[aaguid_bytes]} << 8U) | rest[aaguid_bytes + 1];
    rest = rest.subspan(aaguid_bytes + 2);
    if (size == 0 || size > max_credential_id_bytes || size > rest.size()) {
        return malformed("credential data: length of the id");
    }
    AuthenticatorData::Credential credential;
    credential.id = rest.first(size);
    rest = rest.subspan(size);
    const ByteView from_key = rest;
    (void)TRY(CoseKey::parse(rest));
    credential.public_key = from_key.first(from_key.size() - rest.size());
    return credential;
}

Result<std::string> text_member(const json::Value& document, std::string_view name) {
    const json::Value* value = document.find(name);
    const std::string* text = value == nullptr ? nullptr : value->string();
    if (text == nullptr) return malformed("client data: a member is missing");
    return *text;
}

}  // namespace

Result<AuthenticatorData> parse_authenticator_data(ByteView bytes) {
    if (bytes.size() < head_bytes) return malformed("authenticator data: cut short");
    const std::uint8_t flags = bytes[rp_id_hash_bytes];
    AuthenticatorData data;
    data.rp_id_hash = bytes.first(rp_id_hash_bytes);
    data.user_present = (flags & flag_up) != 0;
    data.user_verified = (flags & flag_uv) != 0;
    if ((flags & flag_bs) != 0 && (flags & flag_be) == 0) {
        return malformed("authenticator data: backed up without being eligible");
    }
    for (const std::uint8_t digit : bytes.subspan(rp_id_hash_bytes + 1, 4)) {
        data.sign_count = (data.sign_count << 8U) | digit;
    }
    ByteView rest = bytes.subspan(head_bytes);
    if ((flags & flag_at) != 0) data.credential = TRY(take_credential(rest));
    if ((flags & flag_ed) != 0) {
        CborReader extensions(rest);
        if (TRY(extensions.peek()) != CborType::map) return malformed("extensions: not a map");
        TRY(extensions.skip());
        rest = extensions.rest();
    }
    if (!rest.empty()) return malformed("authenticator data: bytes left over");
    return data;
}

Result<ByteView> parse_attestation_object(ByteView bytes) {
    CborReader reader(bytes);
    const std::size_t members = TRY(reader.map());
    std::optional<ByteView> data;
    std::optional<ByteView> statement;
    std::string_view format;
    for (std::size_t i = 0; i < members; ++i) {
        const std::string_view name = TRY(reader.text());
        if (name == "fmt" && format.empty()) {
            format = TRY(reader.text());
        } else if (name == "authData" && !data) {
            data = TRY(reader.bytes());
        } else if (name == "attStmt" && !statement) {
            const ByteView before = reader.rest();
            TRY(reader.skip());
            statement = before.first(before.size() - reader.rest().size());
        } else {
            return malformed("attestation object: an unknown member, or one twice");
        }
    }
    if (!data || !statement || format.empty() || !reader.at_end()) {
        return malformed("attestation object: a member is missing, or bytes are left over");
    }
    // 8.7: the statement of "none" is the empty map.
    constexpr std::uint8_t empty_map = 0xA0;
    if (format == "none" && (statement->size() != 1 || statement->front() != empty_map)) {
        return malformed("attestation object: a statement in none");
    }
    return *data;
}

Result<ClientData> parse_client_data(ByteView text) {
    const json::ParseLimits limits{.max_bytes = max_client_data_bytes, .max_depth = 8};
    const json::Value document = TRY(json::parse(as_text(text), limits));
    ClientData data;
    data.type = TRY(text_member(document, "type"));
    const std::string challenge = TRY(text_member(document, "challenge"));
    auto decoded = from_base64url(challenge);
    if (!decoded) return malformed("client data: the challenge is not base64url");
    data.challenge = std::move(*decoded);
    data.origin = TRY(text_member(document, "origin"));
    const json::Value* crossed = document.find("crossOrigin");
    if (crossed != nullptr) {
        const bool* value = crossed->boolean();
        if (value == nullptr) return malformed("client data: crossOrigin");
        if (*value) data.frame = ClientData::Frame::cross_origin;
    }
    return data;
}

}  // namespace latchkey::webauthn
