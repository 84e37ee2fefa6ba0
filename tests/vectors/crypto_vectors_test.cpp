// Wycheproof on src/crypto: what is valid is accepted, and nothing else.

#include <gtest/gtest.h>

#include <algorithm>

#include "crypto/ec_p256.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/hmac.hpp"
#include "crypto/rsa.hpp"
#include "tests/vectors/vectors.hpp"

namespace latchkey {
namespace {

using vectors::array;
using vectors::hex;
using vectors::integer;
using vectors::member;
using vectors::text;

bool is_valid(const json::Value& test) { return text(test, "result") == "valid"; }

std::string label(const json::Value& test) {
    return "tcId " + std::to_string(integer(test, "tcId")) + ": " + text(test, "comment");
}

TEST(Wycheproof, HmacSha256) {
    LOAD_VECTORS(document, "wycheproof/hmac_sha256_test.json");
    vectors::Tally tally("hmac_sha256");
    for (const json::Value& group : array(document, "testGroups")) {
        // A tag may be cut (RFC 2104 5); ours never is, so the expected part is compared.
        const auto tag_size = static_cast<std::size_t>(integer(group, "tagSize")) / 8;
        for (const json::Value& test : array(group, "tests")) {
            const crypto::HmacSha256 mac(hex(test, "key"));
            const Bytes expected = hex(test, "tag");
            const crypto::Sha256 tag = mac.tag(hex(test, "msg"));
            const bool equal = expected.size() == tag_size &&
                               std::ranges::equal(expected, ByteView(tag).first(tag_size));
            EXPECT_EQ(equal, is_valid(test)) << label(test);
            if (tag_size == tag.size()) {
                EXPECT_EQ(mac.verify(hex(test, "msg"), expected), is_valid(test)) << label(test);
            }
            tally.ran();
        }
    }
    EXPECT_EQ(tally.count(), static_cast<std::size_t>(integer(document, "numberOfTests")));
}

TEST(Wycheproof, Ed25519) {
    LOAD_VECTORS(document, "wycheproof/ed25519_test.json");
    vectors::Tally tally("ed25519");
    for (const json::Value& group : array(document, "testGroups")) {
        const auto key =
            crypto::Ed25519PublicKey::from_bytes(hex(member(group, "publicKey"), "pk"));
        for (const json::Value& test : array(group, "tests")) {
            const bool accepted = key && key->verify(hex(test, "msg"), hex(test, "sig"));
            EXPECT_EQ(accepted, is_valid(test)) << label(test);
            tally.ran();
        }
    }
    EXPECT_EQ(tally.count(), static_cast<std::size_t>(integer(document, "numberOfTests")));
}

// The vectors write a coordinate as a signed number: with a zero in front where its top bit is
// set, and short where it begins with zeros.
std::array<std::uint8_t, 32> coordinate(const json::Value& key, const char* name) {
    Bytes bytes = hex(key, name);
    std::array<std::uint8_t, 32> out{};
    while (bytes.size() > out.size() && bytes.front() == 0) bytes.erase(bytes.begin());
    if (bytes.size() <= out.size()) std::ranges::copy_backward(bytes, out.end());
    return out;
}

TEST(Wycheproof, EcdsaP256WithSha256) {
    LOAD_VECTORS(document, "wycheproof/ecdsa_secp256r1_sha256_p1363_test.json");
    vectors::Tally tally("ecdsa_secp256r1_sha256_p1363");
    for (const json::Value& group : array(document, "testGroups")) {
        const json::Value& point = member(group, "publicKey");
        const auto key = crypto::EcP256PublicKey::from_point(
            {.x = coordinate(point, "wx"), .y = coordinate(point, "wy")});
        for (const json::Value& test : array(group, "tests")) {
            const bool accepted = key && key->verify(hex(test, "msg"), hex(test, "sig"));
            EXPECT_EQ(accepted, is_valid(test)) << label(test);
            tally.ran();
        }
    }
    EXPECT_EQ(tally.count(), static_cast<std::size_t>(integer(document, "numberOfTests")));
}

TEST(Wycheproof, RsaPkcs1WithSha256) {
    LOAD_VECTORS(document, "wycheproof/rsa_signature_2048_sha256_test.json");
    vectors::Tally tally("rsa_signature_2048_sha256");
    for (const json::Value& group : array(document, "testGroups")) {
        const json::Value& numbers = member(group, "publicKey");
        Bytes modulus = hex(numbers, "modulus");
        if (modulus.front() == 0) modulus.erase(modulus.begin());
        const auto key = crypto::RsaPublicKey::from_components(
            {.modulus = modulus, .exponent = hex(numbers, "publicExponent")});
        for (const json::Value& test : array(group, "tests")) {
            // "acceptable" marks padding without the NULL of RFC 8017 9.2: refusing is right.
            const bool accepted = key && key->verify(hex(test, "msg"), hex(test, "sig"));
            EXPECT_EQ(accepted, is_valid(test)) << label(test);
            tally.ran();
        }
    }
    EXPECT_EQ(tally.count(), static_cast<std::size_t>(integer(document, "numberOfTests")));
}

}  // namespace
}  // namespace latchkey
