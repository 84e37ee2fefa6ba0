// Wycheproof and RFC 7520 (the JOSE cookbook) on src/jose.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "jose/jwk.hpp"
#include "jose/jws.hpp"
#include "tests/vectors/vectors.hpp"

namespace latchkey {
namespace {

using vectors::array;
using vectors::integer;
using vectors::member;
using vectors::text;

constexpr std::array<std::string_view, 10> not_offered = {
    "RS384", "RS512", "PS256", "PS384", "PS512", "ES384", "ES512", "ES521", "HS384", "HS512"};

bool is_valid(const json::Value& test) { return text(test, "result") == "valid"; }

std::string label(const json::Value& test) {
    return "tcId " + std::to_string(integer(test, "tcId")) + ": " + text(test, "comment");
}

// What the verifier holds: the public key, or the secret of a symmetric one.
const json::Value& verifier_of(const json::Value& group) {
    const json::Value* public_key = group.find("public");
    return public_key != nullptr ? *public_key : member(group, "private");
}

bool is_offered(const json::Value& jwk) {
    const json::Value* algorithm = jwk.find("alg");
    return algorithm == nullptr ||
           std::ranges::find(not_offered, *algorithm->string()) == not_offered.end();
}

// Where the vectors' opinion is not ours.
struct Exception {
    std::int64_t id;
    bool is_same_as_valid;  // else ours is stricter
};
constexpr std::array<Exception, 4> exceptions = {{
    {367, true},   // "invalidBase64Padding", and yet byte for byte tcId 357, which is valid
    {370, true},   // likewise
    {372, false},  // "valid" with '?' inside the header
    {373, false},  // "valid" with '?' behind the payload
}};

TEST(Wycheproof, JsonWebSignature) {
    LOAD_VECTORS(document, "wycheproof/json_web_signature_test.json");
    vectors::Tally tally("json_web_signature");
    for (const json::Value& group : array(document, "testGroups")) {
        const json::Value& jwk = verifier_of(group);
        const auto key = jose::read_jwk(jwk);
        for (const json::Value& test : array(group, "tests")) {
            if (!is_offered(jwk)) {
                tally.skipped("an algorithm that is not offered");
                continue;
            }
            const auto exception =
                std::ranges::find(exceptions, integer(test, "tcId"), &Exception::id);
            if (exception != exceptions.end() && exception->is_same_as_valid) {
                tally.skipped("marked invalid, and byte for byte the same as a valid one");
                continue;
            }
            const bool expected = exception == exceptions.end() && is_valid(test);
            const bool accepted =
                key && jose::verify_compact(text(test, "jws"), *key, jose::ExpectedType::any());
            EXPECT_EQ(accepted, expected) << label(test);
            tally.ran();
        }
    }
    EXPECT_GT(tally.count(), 300U);
}

TEST(Wycheproof, JsonWebKey) {
    LOAD_VECTORS(document, "wycheproof/json_web_key_test.json");
    vectors::Tally tally("json_web_key");
    for (const json::Value& group : array(document, "testGroups")) {
        const json::Value& jwks = verifier_of(group);
        const json::Value& first = array(jwks, "keys").front();
        const std::string& algorithm = text(first, "alg");
        std::string jwks_text;
        json::append_value(jwks_text, jwks);
        const auto keys = jose::parse_jwks(jwks_text);
        for (const json::Value& test : array(group, "tests")) {
            if (algorithm == "HS384" || algorithm == "HS512") {
                tally.skipped("an algorithm that is not offered");
                continue;
            }
            const bool accepted =
                keys && jose::verify_compact(text(test, "jws"), *keys, jose::ExpectedType::any());
            EXPECT_EQ(accepted, is_valid(test)) << label(test);
            tally.ran();
        }
    }
    EXPECT_GT(tally.count(), 15U);
}

// RFC 7520 4.1 and 4.4: signing gives the very bytes of the cookbook.
TEST(Rfc7520, SignsAndVerifiesLikeTheCookbook) {
    vectors::Tally tally("rfc7520 jws");
    for (const char* file : {"rfc7520/jws/4_1.rsa_v15_signature.json",
                             "rfc7520/jws/4_4.hmac-sha2_integrity_protection.json"}) {
        LOAD_VECTORS(document, file);
        const json::Value& signing = member(document, "signing");
        const auto key = jose::read_private_jwk(member(member(document, "input"), "key"));
        ASSERT_TRUE(key) << file << ": " << key.error().detail;
        const Bytes signature = key->sign(as_bytes(text(signing, "sig-input"))).value();
        EXPECT_EQ(to_base64url(signature), text(signing, "sig")) << file;
        const auto payload =
            jose::verify_compact(text(member(document, "output"), "compact"),
                                 key->verification_key(), jose::ExpectedType::any());
        ASSERT_TRUE(payload) << file;
        EXPECT_EQ(*payload, text(member(document, "input"), "payload"));
        tally.ran();
    }
    for (const char* reason :
         {"4.2 uses PS384, which is not offered", "4.3 uses ES512, which is not offered",
          "4.6 to 4.8 use the JSON form, which is not read"}) {
        tally.skipped(reason);
    }
}

// RFC 7520 4.5: a signature whose payload travels elsewhere.
TEST(Rfc7520, RefusesDetachedContentAndVerifiesItPutTogether) {
    LOAD_VECTORS(document, "rfc7520/jws/4_5.signature_with_detached_content.json");
    vectors::Tally tally("rfc7520 jws 4.5");
    const auto key = jose::read_jwk(member(member(document, "input"), "key"));
    ASSERT_TRUE(key);
    const std::string& detached = text(member(document, "output"), "compact");
    EXPECT_FALSE(jose::verify_compact(detached, *key, jose::ExpectedType::any()));
    const json::Value& signing = member(document, "signing");
    const std::string whole = text(signing, "sig-input") + "." + text(signing, "sig");
    EXPECT_TRUE(jose::verify_compact(whole, *key, jose::ExpectedType::any()));
    tally.ran();
}

TEST(Rfc7520, ReadsTheKeysThatAreForTheseSignatures) {
    struct Row {
        const char* file;
        const char* outcome;
    };
    vectors::Tally tally("rfc7520 jwk");
    for (const Row& row : {
             Row{"rfc7520/jwk/3_1.ec_public_key.json", "unsupported"},  // P-521
             Row{"rfc7520/jwk/3_2.ec_private_key.json", "unsupported"},
             Row{"rfc7520/jwk/3_3.rsa_public_key.json", ""},
             Row{"rfc7520/jwk/3_4.rsa_private_key.json", "invalid_argument"},  // its private half
             Row{"rfc7520/jwk/3_5.symmetric_key_mac_computation.json", ""},
             Row{"rfc7520/jwk/3_6.symmetric_key_encryption.json", "unsupported"},
         }) {
        LOAD_VECTORS(document, row.file);
        const auto key = jose::read_jwk(document);
        EXPECT_EQ(key ? "" : to_string(key.error().code), row.outcome) << row.file;
        tally.ran();
    }
}

}  // namespace
}  // namespace latchkey
