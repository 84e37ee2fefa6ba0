// The three kinds of signing keys: each signs, verifies, travels as PKCS#8 or components, and
// refuses what is not its own.

#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "crypto/ec_p256.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/roca.hpp"
#include "crypto/rsa.hpp"
#include "crypto/system_random.hpp"

namespace latchkey::crypto {
namespace {

Bytes hex(std::string_view text) { return from_hex(text).value(); }
const ByteView message = as_bytes("the message");

const RsaPrivateKey& rsa_key() {
    static const RsaPrivateKey key = RsaPrivateKey::generate().value();  // made once: it is slow
    return key;
}

TEST(Rsa, VerifiesWhatItSigned) {
    const Bytes signature = rsa_key().sign(message).value();
    EXPECT_EQ(signature.size(), 256U);
    const RsaPublicKey public_key = rsa_key().public_key();
    EXPECT_TRUE(public_key.verify(message, signature));
    EXPECT_FALSE(public_key.verify(as_bytes("another"), signature));
    EXPECT_FALSE(public_key.verify(message, ByteView(signature).first(255)));
    EXPECT_FALSE(public_key.verify(message, {}));
}

TEST(Rsa, TravelsAsPkcs8AndAsComponents) {
    const Secret der = rsa_key().to_pkcs8().value();
    const RsaPrivateKey again = RsaPrivateKey::from_pkcs8(der.reveal_bytes()).value();
    const Bytes modulus = rsa_key().public_key().modulus();
    const Bytes exponent = rsa_key().public_key().exponent();
    const RsaPublicKey imported =
        RsaPublicKey::from_components({.modulus = modulus, .exponent = exponent}).value();
    EXPECT_TRUE(imported.verify(message, again.sign(message).value()));
    EXPECT_EQ(imported.modulus(), modulus);
    EXPECT_EQ(to_hex(exponent), "010001");
}

TEST(Rsa, IsSafeToShareBetweenThreads) {
    const Bytes signature = rsa_key().sign(message).value();
    const RsaPublicKey public_key = rsa_key().public_key();
    std::array<bool, 4> good{};
    std::array<std::thread, 4> threads;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i] = std::thread([&good, &public_key, &signature, i] {
            good[i] = true;
            for (int round = 0; round < 200; ++round) {
                good[i] = good[i] && public_key.verify(message, signature);
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const bool one : good) EXPECT_TRUE(one);
}

TEST(Rsa, RefusesWeakPublicKeys) {
    const Bytes good = rsa_key().public_key().modulus();
    Bytes even = good;
    even.back() &= 0xFE;
    Bytes leading_zero = good;
    leading_zero.insert(leading_zero.begin(), 0);
    Bytes huge(1024, 0xFF);
    struct Row {
        const char* what;
        Bytes modulus;
        Bytes exponent;
    };
    const std::array rows = {
        Row{"empty modulus", {}, hex("010001")},
        Row{"1024 bits", Bytes(good.begin() + 128, good.end()), hex("010001")},
        Row{"8192 bits", huge, hex("010001")},
        Row{"even modulus", even, hex("010001")},
        Row{"leading zero", leading_zero, hex("010001")},
        Row{"empty exponent", good, {}},
        Row{"exponent one", good, hex("01")},
        Row{"even exponent", good, hex("010000")},
        Row{"exponent with a leading zero", good, hex("00010001")},
        Row{"exponent over 32 bits", good, hex("0100000001")},
    };
    for (const Row& row : rows) {
        const auto key =
            RsaPublicKey::from_components({.modulus = row.modulus, .exponent = row.exponent});
        ASSERT_FALSE(key) << row.what;
        EXPECT_EQ(key.error().code, ErrorCode::invalid_argument) << row.what;
    }
}

TEST(Rsa, RefusesWhatIsNoPkcs8) {
    const Secret der = rsa_key().to_pkcs8().value();
    const Secret ec = EcP256PrivateKey::generate().value().to_pkcs8().value();
    const std::string longer = std::string(der.reveal()) + "x";
    for (const std::string_view text :
         {std::string_view(""), std::string_view("junk"), der.reveal().substr(0, 100),
          std::string_view(longer), ec.reveal()}) {
        EXPECT_EQ(RsaPrivateKey::from_pkcs8(as_bytes(text)).error().code, ErrorCode::malformed);
    }
}

TEST(Roca, FindsTheFingerprintAndOnlyThat) {
    // 65537^2 has the form with k = 0.
    EXPECT_TRUE(has_roca_fingerprint(hex("0100020001")));
    EXPECT_FALSE(has_roca_fingerprint(rsa_key().public_key().modulus()));
}

TEST(EcP256, VerifiesWhatItSigned) {
    const EcP256PrivateKey key = EcP256PrivateKey::generate().value();
    const Bytes signature = key.sign(message).value();
    ASSERT_EQ(signature.size(), p256_signature_size);
    EXPECT_TRUE(key.public_key().verify(message, signature));
    EXPECT_FALSE(key.public_key().verify(as_bytes("another"), signature));
    EXPECT_FALSE(key.public_key().verify(message, ByteView(signature).first(63)));
    EXPECT_FALSE(key.public_key().verify(message, Bytes(p256_signature_size, 0)))
        << "the psychic signature of CVE-2022-21449";
}

TEST(EcP256, TravelsAsPkcs8AndAsPoint) {
    const EcP256PrivateKey key = EcP256PrivateKey::generate().value();
    const Secret der = key.to_pkcs8().value();
    const EcP256PrivateKey again = EcP256PrivateKey::from_pkcs8(der.reveal_bytes()).value();
    const EcP256PublicKey imported = EcP256PublicKey::from_point(key.public_key().point()).value();
    EXPECT_TRUE(imported.verify(message, again.sign(message).value()));
    const Secret rsa = rsa_key().to_pkcs8().value();
    EXPECT_EQ(EcP256PrivateKey::from_pkcs8(rsa.reveal_bytes()).error().code, ErrorCode::malformed);
}

TEST(EcP256, RefusesAPointThatIsNotOnTheCurve) {
    EcP256PublicKey::Point point = EcP256PrivateKey::generate().value().public_key().point();
    point.y[31] ^= 1U;
    EXPECT_EQ(EcP256PublicKey::from_point(point).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(EcP256PublicKey::from_point({}).error().code, ErrorCode::invalid_argument);
}

TEST(Ed25519, AgreesWithRfc8032) {
    // RFC 8032 7.1, TEST 3
    const Bytes seed = hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
    const Ed25519PrivateKey key = Ed25519PrivateKey::from_seed(seed).value();
    EXPECT_EQ(to_hex(key.public_key().bytes()),
              "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    const Bytes signature = key.sign(hex("af82"));
    EXPECT_EQ(to_hex(signature),
              "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
              "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    EXPECT_TRUE(key.public_key().verify(hex("af82"), signature));
    EXPECT_FALSE(key.public_key().verify(hex("af83"), signature));
    EXPECT_FALSE(key.public_key().verify(hex("af82"), ByteView(signature).first(63)));
}

TEST(Ed25519, RefusesKeysThatAreNoPointOrOfSmallOrder) {
    Bytes identity(ed25519_key_size, 0);
    identity[0] = 1;
    for (const Bytes& key : {Bytes{}, Bytes(31, 1), Bytes(32, 0), Bytes(32, 0xFF), identity}) {
        EXPECT_EQ(Ed25519PublicKey::from_bytes(key).error().code, ErrorCode::invalid_argument);
    }
    EXPECT_FALSE(Ed25519PrivateKey::from_seed(Bytes(31)));
}

TEST(Ed25519, MakesNewKeys) {
    SystemRandom random;
    const Ed25519PrivateKey one = Ed25519PrivateKey::generate(random);
    const Ed25519PrivateKey two = Ed25519PrivateKey::generate(random);
    EXPECT_NE(to_hex(one.public_key().bytes()), to_hex(two.public_key().bytes()));
    EXPECT_FALSE(two.public_key().verify(message, one.sign(message)));
}

}  // namespace
}  // namespace latchkey::crypto
