#include "webauthn/cose_key.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "crypto/ecdsa_signature.hpp"
#include "webauthn/cbor.hpp"

namespace latchkey::webauthn {
namespace {

// RFC 9052 7.1, RFC 9053 7, RFC 8230 4.
constexpr std::int64_t label_kty = 1, label_alg = 3;
constexpr std::int64_t label_crv_or_n = -1, label_x_or_e = -2, label_y = -3;
constexpr std::int64_t kty_okp = 1, kty_ec2 = 2, kty_rsa = 3;
constexpr std::int64_t crv_p256 = 1, crv_ed25519 = 6;
constexpr std::int64_t alg_es256 = -7, alg_eddsa = -8, alg_rs256 = -257;

Failure bad_key(const char* why) {
    return fail(ErrorCode::malformed, "The authenticator's answer is malformed.", why);
}
Failure unknown_key() {
    return fail(ErrorCode::unsupported, "This kind of passkey is not supported.");
}

struct Members {
    std::optional<std::int64_t> kty, alg, crv;
    std::optional<ByteView> n, x_or_e, y;
};

Result<void> set_integer(std::optional<std::int64_t>& member, CborReader& reader) {
    if (member) return bad_key("cose: a member twice");
    member = TRY(reader.integer());
    return {};
}

Result<void> set_bytes(std::optional<ByteView>& member, CborReader& reader) {
    if (member) return bad_key("cose: a member twice");
    member = TRY(reader.bytes());
    return {};
}

Result<void> read_member(Members& members, CborReader& reader) {
    const std::int64_t label = TRY(reader.integer());
    switch (label) {
        case label_kty: return set_integer(members.kty, reader);
        case label_alg: return set_integer(members.alg, reader);
        case label_crv_or_n: {
            // The curve's number, or the modulus of an RSA key.
            const bool is_modulus = TRY(reader.peek()) == CborType::bytes;
            return is_modulus ? set_bytes(members.n, reader) : set_integer(members.crv, reader);
        }
        case label_x_or_e: return set_bytes(members.x_or_e, reader);
        case label_y: return set_bytes(members.y, reader);
        default: return reader.skip();
    }
}

Result<crypto::EcP256PublicKey> make_p256(const Members& members) {
    if (members.alg != alg_es256 || members.crv != crv_p256) return unknown_key();
    crypto::EcP256PublicKey::Point point;
    if (!members.x_or_e || !members.y || members.x_or_e->size() != point.x.size() ||
        members.y->size() != point.y.size()) {
        return bad_key("cose: coordinates");
    }
    std::ranges::copy(*members.x_or_e, point.x.begin());
    std::ranges::copy(*members.y, point.y.begin());
    return crypto::EcP256PublicKey::from_point(point);
}

Result<crypto::Ed25519PublicKey> make_ed25519(const Members& members) {
    if (members.alg != alg_eddsa || members.crv != crv_ed25519) return unknown_key();
    if (!members.x_or_e) return bad_key("cose: no public key");
    return crypto::Ed25519PublicKey::from_bytes(*members.x_or_e);
}

Result<crypto::RsaPublicKey> make_rsa(const Members& members) {
    if (members.alg != alg_rs256) return unknown_key();
    if (!members.n || !members.x_or_e) return bad_key("cose: no modulus or exponent");
    return crypto::RsaPublicKey::from_components({*members.n, *members.x_or_e});
}

}  // namespace

Result<CoseKey> CoseKey::parse(ByteView& input) {
    CborReader reader(input);
    const std::size_t pairs = TRY(reader.map());
    Members members;
    for (std::size_t i = 0; i < pairs; ++i) TRY(read_member(members, reader));
    input = reader.rest();
    if (!members.kty || !members.alg) return bad_key("cose: no kty or alg");
    switch (*members.kty) {
        case kty_ec2: {
            auto key = TRY(make_p256(members));
            return CoseKey(std::move(key));
        }
        case kty_okp: {
            auto key = TRY(make_ed25519(members));
            return CoseKey(std::move(key));
        }
        case kty_rsa: {
            auto key = TRY(make_rsa(members));
            return CoseKey(std::move(key));
        }
        default: return unknown_key();
    }
}

bool CoseKey::verify(ByteView message, ByteView signature) const {
    if (const auto* p256 = std::get_if<crypto::EcP256PublicKey>(&material_)) {
        const auto raw = crypto::p256_signature_from_der(signature);
        return raw && p256->verify(message, *raw);
    }
    if (const auto* ed25519 = std::get_if<crypto::Ed25519PublicKey>(&material_)) {
        return ed25519->verify(message, signature);
    }
    return std::get<crypto::RsaPublicKey>(material_).verify(message, signature);
}

}  // namespace latchkey::webauthn
