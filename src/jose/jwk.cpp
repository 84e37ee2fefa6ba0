#include "jose/jwk.hpp"

#include <algorithm>
#include <array>

#include "base/text/text.hpp"
#include "crypto/digest.hpp"
#include "json/writer.hpp"

namespace latchkey::jose {
namespace {

constexpr int max_jwks_depth = 8;
constexpr std::size_t max_symmetric_key_bytes = 512;

Failure unsupported(const char* what) {
    return fail(ErrorCode::unsupported, "The key is not for signatures of this server.", what);
}
Failure malformed(const char* what) {
    return fail(ErrorCode::malformed, "The JSON Web Key is not well formed.", what);
}

// A member that must be there, as text.
Result<std::string_view> text_member(const json::Value& jwk, const char* name) {
    const std::string* text = jwk.find_string(name);
    if (text == nullptr) return malformed(name);
    return std::string_view(*text);
}

Result<Bytes> number_member(const json::Value& jwk, const char* name) {
    const std::string_view text = TRY(text_member(jwk, name));
    auto bytes = from_base64url(text);
    if (!bytes) return malformed(name);
    return std::move(*bytes);
}

// RFC 7518 6.2.1.2 and RFC 8037 2: numbers of exactly the curve's size.
Result<std::array<std::uint8_t, 32>> number_of_32(const json::Value& jwk, const char* name) {
    const Bytes bytes = TRY(number_member(jwk, name));
    std::array<std::uint8_t, 32> out{};
    if (bytes.size() != out.size()) return malformed(name);
    std::ranges::copy(bytes, out.begin());
    return out;
}

enum class Operation : std::uint8_t { sign, verify };

// RFC 7517 4.2 and 4.3: what the key's owner allows.
Result<void> check_purpose(const json::Value& jwk, Operation operation) {
    if (jwk.find("use") != nullptr) {
        const std::string_view use = TRY(text_member(jwk, "use"));
        if (use != "sig") return unsupported("use");
    }
    const json::Value* operations = jwk.find("key_ops");
    if (operations == nullptr) return {};
    if (operations->array() == nullptr) return malformed("key_ops");
    const std::string_view wanted = operation == Operation::sign ? "sign" : "verify";
    for (const json::Value& item : *operations->array()) {
        if (item.string() == nullptr) return malformed("key_ops");
        if (*item.string() == wanted) return {};
    }
    return unsupported("key_ops");
}

Result<Algorithm> algorithm_of_type(const json::Value& jwk) {
    const std::string_view type = TRY(text_member(jwk, "kty"));
    if (type == "RSA") return Algorithm::RS256;
    if (type == "oct") return Algorithm::HS256;
    if (type != "EC" && type != "OKP") return unsupported("kty");
    const std::string_view curve = TRY(text_member(jwk, "crv"));
    if (type == "EC" && curve == "P-256") return Algorithm::ES256;
    if (type == "OKP" && curve == "Ed25519") return Algorithm::EdDSA;
    return unsupported("crv");
}

struct Purpose {
    Algorithm algorithm;
    std::string kid;
};

// What all kinds of keys have in common.
Result<Purpose> read_purpose(const json::Value& jwk, Operation operation) {
    if (jwk.object() == nullptr) return malformed("no object");
    const Algorithm algorithm = TRY(algorithm_of_type(jwk));
    if (jwk.find("alg") != nullptr) {
        const std::string_view name = TRY(text_member(jwk, "alg"));
        if (name != to_string(algorithm)) return unsupported("alg");
    }
    TRY(check_purpose(jwk, operation));
    std::string kid;
    if (jwk.find("kid") != nullptr) kid = TRY(text_member(jwk, "kid"));
    if (kid.size() > max_kid_bytes) return malformed("kid: longer than 64 bytes");
    return Purpose{algorithm, std::move(kid)};
}

Result<void> refuse_private_members(const json::Value& jwk) {
    for (const char* name : {"d", "p", "q", "dp", "dq", "qi", "oth"}) {
        if (jwk.find(name) != nullptr) {
            return fail(ErrorCode::invalid_argument,
                        "The key was published with its private half: replace it.", name);
        }
    }
    return {};
}

Result<crypto::HmacSha256> read_symmetric(const json::Value& jwk) {
    const Bytes key = TRY(number_member(jwk, "k"));
    // RFC 7518 3.2: a key of the same size as the hash output or larger MUST be used.
    if (key.size() < min_hmac_key_bytes || key.size() > max_symmetric_key_bytes) {
        return fail(ErrorCode::invalid_argument, "The symmetric key has an unacceptable size.");
    }
    return crypto::HmacSha256(key);
}

Result<VerificationKey::Material> read_material(const json::Value& jwk, Algorithm algorithm) {
    switch (algorithm) {
        case Algorithm::RS256: {
            const Bytes n = TRY(number_member(jwk, "n"));
            const Bytes e = TRY(number_member(jwk, "e"));
            return crypto::RsaPublicKey::from_components({.modulus = n, .exponent = e});
        }
        case Algorithm::ES256: {
            const auto x = TRY(number_of_32(jwk, "x"));
            const auto y = TRY(number_of_32(jwk, "y"));
            return crypto::EcP256PublicKey::from_point({.x = x, .y = y});
        }
        case Algorithm::EdDSA: {
            const auto x = TRY(number_of_32(jwk, "x"));
            return crypto::Ed25519PublicKey::from_bytes(x);
        }
        case Algorithm::HS256: return read_symmetric(jwk);
    }
    return unsupported("kty");
}

Result<crypto::RsaPrivateKey> read_rsa_private(const json::Value& jwk) {
    const Bytes n = TRY(number_member(jwk, "n"));
    const Bytes e = TRY(number_member(jwk, "e"));
    const Bytes d = TRY(number_member(jwk, "d"));
    const Bytes p = TRY(number_member(jwk, "p"));
    const Bytes q = TRY(number_member(jwk, "q"));
    const Bytes dp = TRY(number_member(jwk, "dp"));
    const Bytes dq = TRY(number_member(jwk, "dq"));
    const Bytes qi = TRY(number_member(jwk, "qi"));
    return crypto::RsaPrivateKey::from_components({.public_half = {.modulus = n, .exponent = e},
                                                   .d = d,
                                                   .p = p,
                                                   .q = q,
                                                   .dp = dp,
                                                   .dq = dq,
                                                   .qi = qi});
}

// The members that make the key, alone and in the order of RFC 7638 3.2.
void append_members(json::Writer& writer, const VerificationKey::Material& material) {
    if (const auto* rsa = std::get_if<crypto::RsaPublicKey>(&material)) {
        writer.field("e", to_base64url(rsa->exponent()))
            .field("kty", "RSA")
            .field("n", to_base64url(rsa->modulus()));
    } else if (const auto* ec = std::get_if<crypto::EcP256PublicKey>(&material)) {
        writer.field("crv", "P-256")
            .field("kty", "EC")
            .field("x", to_base64url(ec->point().x))
            .field("y", to_base64url(ec->point().y));
    } else if (const auto* edwards = std::get_if<crypto::Ed25519PublicKey>(&material)) {
        writer.field("crv", "Ed25519")
            .field("kty", "OKP")
            .field("x", to_base64url(edwards->bytes()));
    }
}

}  // namespace

Result<VerificationKey> read_jwk(const json::Value& jwk) {
    Purpose purpose = TRY(read_purpose(jwk, Operation::verify));
    TRY(refuse_private_members(jwk));
    auto material = TRY(read_material(jwk, purpose.algorithm));
    return VerificationKey(std::move(purpose.kid), std::move(material));
}

Result<VerificationKey> parse_jwk(std::string_view text) {
    const json::Value jwk = TRY(json::parse(text, {max_jwks_bytes, max_jwks_depth}));
    return read_jwk(jwk);
}

Result<SigningKey> read_private_jwk(const json::Value& jwk) {
    Purpose purpose = TRY(read_purpose(jwk, Operation::sign));
    switch (purpose.algorithm) {
        case Algorithm::RS256: {
            auto key = TRY(read_rsa_private(jwk));
            return SigningKey(std::move(purpose.kid), std::move(key));
        }
        case Algorithm::EdDSA: {
            const auto seed = TRY(number_of_32(jwk, "d"));
            auto key = TRY(crypto::Ed25519PrivateKey::from_seed(seed));
            const auto x = TRY(number_of_32(jwk, "x"));
            if (!std::ranges::equal(key.public_key().bytes(), x)) return malformed("x");
            return SigningKey(std::move(purpose.kid), std::move(key));
        }
        case Algorithm::HS256: {
            auto key = TRY(read_symmetric(jwk));
            return SigningKey(std::move(purpose.kid), std::move(key));
        }
        case Algorithm::ES256: return unsupported("crv");
    }
    return unsupported("kty");
}

Result<KeySet> parse_jwks(std::string_view text) {
    const json::Value document = TRY(json::parse(text, {max_jwks_bytes, max_jwks_depth}));
    const json::Value* keys = document.find("keys");
    if (keys == nullptr || keys->array() == nullptr) return malformed("keys");
    KeySet set;
    for (const json::Value& jwk : *keys->array()) {
        auto key = read_jwk(jwk);
        if (!key && key.error().code == ErrorCode::unsupported) continue;
        VerificationKey good = TRY(std::move(key));
        TRY(set.add(std::move(good)));
    }
    return set;
}

void append_jwk(std::string& out, const VerificationKey& key) {
    if (key.algorithm() == Algorithm::HS256) return;
    json::Writer writer(out);
    writer.begin_object();
    append_members(writer, key.material());
    writer.field("alg", to_string(key.algorithm())).field("use", "sig");
    if (!key.kid().empty()) writer.field("kid", key.kid());
    writer.end_object();
}

std::string to_jwks(std::span<const VerificationKey> keys) {
    std::string out = R"({"keys":[)";
    for (const VerificationKey& key : keys) {
        const std::size_t before = out.size();
        if (out.back() == '}') out.push_back(',');
        append_jwk(out, key);
        if (out.back() == ',') out.resize(before);
    }
    return out + "]}";
}

std::string thumbprint(const VerificationKey::Material& material) {
    if (std::holds_alternative<crypto::HmacSha256>(material)) return {};
    std::string canonical;
    json::Writer writer(canonical);
    writer.begin_object();
    append_members(writer, material);
    writer.end_object();
    return to_base64url(crypto::sha256(canonical));
}

}  // namespace latchkey::jose
