// Attacks on tokens that worked elsewhere, by the name under which they are known.

#include <gtest/gtest.h>

#include <array>

#include "crypto/system_random.hpp"
#include "jose/jwk.hpp"
#include "jose/jws.hpp"

namespace latchkey::jose {
namespace {

constexpr std::string_view payload = R"({"sub":"victim"})";

std::string unsigned_text(std::string_view header) {
    return to_base64url(as_bytes(header)) + "." + to_base64url(as_bytes(payload));
}

std::string forge(const SigningKey& key, std::string_view header) {
    const std::string text = unsigned_text(header);
    return text + "." + to_base64url(key.sign(as_bytes(text)).value());
}

// The server's keys: RS256 as for consent tokens, and ES256 for the curve's own attacks.
class TokenAttacks : public ::testing::Test {
protected:
    TokenAttacks() {
        EXPECT_TRUE(keys.add(rsa().verification_key()));
        EXPECT_TRUE(keys.add(ec().verification_key()));
    }
    static const SigningKey& rsa() {
        static const SigningKey key("rsa", crypto::RsaPrivateKey::generate().value());
        return key;
    }
    static const SigningKey& ec() {
        static const SigningKey key("ec", crypto::EcP256PrivateKey::generate().value());
        return key;
    }
    void expect_refused(const std::string& token, std::string_view what) const {
        const auto result = verify_compact(token, keys, ExpectedType::any());
        ASSERT_FALSE(result) << what;
        EXPECT_EQ(result.error().code, ErrorCode::invalid_token) << what;
    }
    KeySet keys;
};

// CVE-2015-2951
TEST_F(TokenAttacks, Attack16AlgNoneInEveryCaseIsRefused) {
    for (const std::string_view alg : {"none", "None", "NONE", "nOnE", "none ", " none", "", "null",
                                       "rs256", "Rs256", "RS256 ", "RS2560", "RS25"}) {
        std::string header = R"({"alg":")";
        header.append(alg).append(R"(","kid":"rsa"})");
        expect_refused(unsigned_text(header) + ".", alg);
        expect_refused(unsigned_text(header), alg);
        expect_refused(unsigned_text(header) + ".AA", alg);
        expect_refused(forge(rsa(), header), alg);
    }
    for (const std::string_view header :
         {R"({"kid":"rsa"})", R"({"alg":null,"kid":"rsa"})", R"({"alg":[],"kid":"rsa"})",
          R"({"alg":0,"kid":"rsa"})", R"({"Alg":"RS256","kid":"rsa"})"}) {
        expect_refused(unsigned_text(header) + ".", header);
        expect_refused(forge(rsa(), header), header);
    }
}

// CVE-2016-10555: the public key, which everybody has, taken as an HMAC secret.
TEST_F(TokenAttacks, Attack17PublicKeyAsHmacSecretIsRefused) {
    const VerificationKey public_key = rsa().verification_key();
    std::string jwk;
    append_jwk(jwk, public_key);
    const auto& material = std::get<crypto::RsaPublicKey>(public_key.material());
    for (const Bytes& secret :
         {Bytes(jwk.begin(), jwk.end()), material.modulus(), material.exponent()}) {
        const SigningKey hmac("rsa", crypto::HmacSha256(secret));
        expect_refused(forge(hmac, R"({"alg":"HS256","kid":"rsa"})"), "HS256");
        expect_refused(forge(hmac, R"({"alg":"RS256","kid":"rsa"})"), "RS256");
    }
}

TEST_F(TokenAttacks, Attack17AlgorithmOfAnotherKeyOfTheSetIsRefused) {
    expect_refused(forge(ec(), R"({"alg":"ES256","kid":"rsa"})"), "ES256 under the RSA kid");
    expect_refused(forge(ec(), R"({"alg":"RS256","kid":"ec"})"), "RS256 under the EC kid");
    for (const char* alg : {"RS384", "RS512", "PS256", "ES384", "ES512", "ES256K", "EdDSA"}) {
        const std::string header = std::string(R"({"alg":")") + alg + R"(","kid":"rsa"})";
        expect_refused(forge(rsa(), header), alg);
    }
}

// CVE-2018-0114: the token brings its own key.
TEST_F(TokenAttacks, Attack17EmbeddedKeyIsNeverUsed) {
    static const SigningKey attacker("rsa", crypto::RsaPrivateKey::generate().value());
    std::string jwk;
    append_jwk(jwk, attacker.verification_key());
    expect_refused(forge(attacker, R"({"alg":"RS256","kid":"rsa","jwk":)" + jwk + "}"), "jwk");
    expect_refused(forge(attacker, R"({"alg":"RS256","jwk":)" + jwk + "}"), "jwk without kid");
    for (const char* member : {"jku", "x5u"}) {
        expect_refused(forge(attacker, std::string(R"({"alg":"RS256","kid":"rsa",")") + member +
                                           R"(":"https://attacker.example/keys"})"),
                       member);
    }
}

// CVE-2020-28042 and CVE-2022-21449
TEST_F(TokenAttacks, Attack17NullAndPsychicSignaturesAreRefused) {
    const std::string rsa_text = unsigned_text(R"({"alg":"RS256","kid":"rsa"})");
    const std::string ec_text = unsigned_text(R"({"alg":"ES256","kid":"ec"})");
    expect_refused(rsa_text + ".", "no signature");
    for (const std::size_t size : {1U, 64U, 255U, 256U, 257U}) {
        expect_refused(rsa_text + "." + to_base64url(Bytes(size, 0)), "zeros for RSA");
        expect_refused(ec_text + "." + to_base64url(Bytes(size, 0)), "zeros for EC");
        expect_refused(ec_text + "." + to_base64url(Bytes(size, 0xFF)), "ones for EC");
    }
    const Bytes order =
        from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551").value();
    Bytes both = order;
    both.insert(both.end(), order.begin(), order.end());
    expect_refused(ec_text + "." + to_base64url(both), "r = s = n");
}

TEST_F(TokenAttacks, Attack17SignaturesHaveOneForm) {
    const std::string text = unsigned_text(R"({"alg":"ES256","kid":"ec"})");
    const Bytes raw = ec().sign(as_bytes(text)).value();
    ASSERT_TRUE(verify_compact(text + "." + to_base64url(raw), keys, ExpectedType::any()));
    Bytes der = {0x30, 0x44, 0x02, 0x20};
    der.insert(der.end(), raw.begin(), raw.begin() + 32);
    der.insert(der.end(), {0x02, 0x20});
    der.insert(der.end(), raw.begin() + 32, raw.end());
    expect_refused(text + "." + to_base64url(der), "DER in place of r and s");
    Bytes padded = raw;
    padded.insert(padded.begin(), 0);
    expect_refused(text + "." + to_base64url(padded), "a zero in front");
    padded = raw;
    padded.push_back(0);
    expect_refused(text + "." + to_base64url(padded), "a zero behind");
}

TEST_F(TokenAttacks, Attack18KidIsAnOpaqueMapKey) {
    for (const std::string& kid :
         {std::string("../../../../dev/null"), std::string("/proc/self/environ"),
          std::string("rsa' OR '1'='1"), std::string("rsa; DROP TABLE keys"),
          std::string("| sleep 10"), std::string("https://attacker.example/key"),
          std::string("rsa\\u0000"), std::string("RSA"), std::string(" rsa"), std::string("rs"),
          std::string(max_kid_bytes, 'k'), std::string(max_kid_bytes + 1, 'k'),
          std::string(1500, 'k')}) {
        expect_refused(forge(rsa(), R"({"alg":"RS256","kid":")" + kid + R"("})"), kid);
    }
    expect_refused(forge(rsa(), R"({"alg":"RS256"})"), "no kid, in a set of two");
    expect_refused(forge(rsa(), R"({"alg":"RS256","kid":"ec","kid":"rsa"})"), "two kids");
}

TEST_F(TokenAttacks, Attack18DuplicateKidAndMixedKeySetAreRefused) {
    EXPECT_EQ(
        keys.add(SigningKey("rsa", crypto::EcP256PrivateKey::generate().value()).verification_key())
            .error()
            .code,
        ErrorCode::conflict);
    EXPECT_EQ(keys.add(VerificationKey("hmac", crypto::HmacSha256(Bytes(32, 1)))).error().code,
              ErrorCode::invalid_argument);
    EXPECT_EQ(
        keys.add(SigningKey("", crypto::EcP256PrivateKey::generate().value()).verification_key())
            .error()
            .code,
        ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace latchkey::jose
